using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LineRec.Tracking;

/// <summary>One HTTP call at a time limit: what is sent, what comes back, and what a failure means.</summary>
/// <param name="client">Makes the client of each call.</param>
/// <param name="server">The server's address, ended by '/'.</param>
/// <param name="options">Who calls, and how long a call may take.</param>
/// <param name="time">The clock of the time limits.</param>
internal sealed class MlflowHttp(Func<HttpClient> client, Uri server, TrackingOptions options, TimeProvider time)
{
    private const string Api = "api/2.0/mlflow/";
    private const string Proxy = "api/2.0/mlflow-artifacts/artifacts/";
    private const int LongestMessage = 500;

    private readonly AuthenticationHeaderValue? _authorization =
        options.Token is not null ? new("Bearer", options.Token)
        : options.UserName is not null ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.UserName}:{options.Password}")))
        : null;

    public Uri Server => server;

    public Task<TResponse> PostAsync<TRequest, TResponse>(string path, TRequest body, JsonTypeInfo<TRequest> write, JsonTypeInfo<TResponse> read, CancellationToken cancellationToken)
    {
        // Made anew for each call, of known length: WSGI servers don't take chunks.
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, write));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(HttpMethod.Post, new Uri(server, Api + path), content, options.RequestTimeout, read, cancellationToken);
    }

    public Task<TResponse> GetAsync<TResponse>(string path, IEnumerable<(string Name, string? Value)> query, JsonTypeInfo<TResponse> read, CancellationToken cancellationToken)
    {
        string text = string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}"));
        return SendAsync(HttpMethod.Get, new Uri(server, $"{Api}{path}?{text}"), null, options.RequestTimeout, read, cancellationToken);
    }

    /// <summary>Uploads a file through the server's artefact proxy.</summary>
    /// <param name="root">The address that <paramref name="path"/> lies below; the server's, or that of another host.</param>
    /// <param name="path">The path, its parts not yet escaped.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UploadAsync(Uri root, string path, string file, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, new FileStreamOptions { Share = FileShare.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentLength = stream.Length;
        string escaped = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString));
        await SendAsync(HttpMethod.Put, new Uri(root, Proxy + escaped), content, options.ArtifactTimeout, MlflowJson.Default.NothingMessage, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TResponse> SendAsync<TResponse>(HttpMethod method, Uri address, HttpContent? content, TimeSpan limit, JsonTypeInfo<TResponse> read, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = _authorization;
        string call = $"{method} {address.GetLeftPart(UriPartial.Path)}";
        try
        {
            using var answer = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) throw Refused(call, answer, body);
            return JsonSerializer.Deserialize(body.Length == 0 ? "{}"u8 : body, read) ?? throw new JsonException("it is null");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TrackingException($"{call} took over {limit.TotalSeconds} s; is the server overloaded, or TrackingOptions' time limit too short?", e) { IsTransient = true, MayBeDone = true };
        }
        catch (HttpRequestException e)
        {
            bool connected = e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError) && e.InnerException is not SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            throw new TrackingException($"{call} got no answer: {e.Message} Is the MLflow server at {server} up?", e) { IsTransient = true, MayBeDone = connected };
        }
        catch (IOException e)
        {
            throw new TrackingException($"{call} was cut: {e.Message}", e) { IsTransient = true, MayBeDone = true };
        }
        catch (JsonException e)
        {
            throw new TrackingException($"{call} was answered with something that isn't MLflow's JSON ({e.Message}); is {server} an MLflow tracking server?", e) { MayBeDone = true };
        }
    }

    private TrackingException Refused(string call, HttpResponseMessage answer, byte[] body)
    {
        ErrorMessage? error = null;
        try
        {
            error = JsonSerializer.Deserialize(body, MlflowJson.Default.ErrorMessage);
        }
        catch (JsonException)
        {
            // a proxy's page; its text is shown below
        }

        string text = error?.Message ?? Encoding.UTF8.GetString(body);
        if (text.Length > LongestMessage) text = text[..LongestMessage] + "…";
        string hint = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " Set TrackingOptions.Token, or UserName and Password.",
            HttpStatusCode.NotFound when error?.ErrorCode is null => $" Is {server} the address of an MLflow tracking server (of version 2 or later)?",
            HttpStatusCode.RequestEntityTooLarge => " A proxy before the server limits the size of what is sent; raise its limit.",
            _ => "",
        };
        return new TrackingException($"{call} was answered with {(int)answer.StatusCode} {error?.ErrorCode ?? answer.ReasonPhrase}: {text}{hint}")
        {
            StatusCode = answer.StatusCode,
            ErrorCode = error?.ErrorCode,
            IsTransient = answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
            MayBeDone = answer.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
            RetryAfter = answer.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - time.GetUtcNow(),
                _ => null,
            },
        };
    }
}
