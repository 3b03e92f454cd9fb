using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LineRec.Tracking.Tests;

/// <summary>A tracking server in this process that holds every request to the published contract, and fails as it is told to.</summary>
internal sealed class FakeMlflow : IAsyncDisposable
{
    private const string Api = "/api/2.0/mlflow/", Proxy = "/api/2.0/mlflow-artifacts/artifacts/";
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _stopped = new();

    private FakeMlflow(WebApplication app) => _app = app;

    public MlflowState State { get; } = new();

    /// <summary>The calls that were carried out or refused, in order; those that a fault kept from it are not among them.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The last body of each call.</summary>
    public Dictionary<string, string> Bodies { get; } = [];

    /// <summary>Requests that broke the contract; a test that expects none asserts it is empty.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The Authorization header of the last call.</summary>
    public string? Authorization { get; private set; }

    /// <summary>Says for each call, in its order from 0, what goes wrong.</summary>
    public Func<int, string, MlflowFault> Fault { get; set; } = (_, _) => MlflowFault.None;

    public int Received { get; private set; }

    public Uri Address { get; private set; } = null!;

    public static async Task<FakeMlflow> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new FakeMlflow(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Urls.Single());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _stopped.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        string path = context.Request.Path.Value!;
        string call = path.StartsWith(Proxy, StringComparison.Ordinal) ? "PUT artifact" : $"{context.Request.Method} {(path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..] : path)}";
        MlflowFault fault;
        (int Status, string Text) answer = (200, "{}");
        lock (_lock)
        {
            fault = Fault(Received++, call);
            Authorization = context.Request.Headers.Authorization;
            if (fault is MlflowFault.None or MlflowFault.CutAfter or MlflowFault.BrokenAfter or MlflowFault.Slow) answer = Carry(context, call, path, body.ToArray());
        }

        switch (fault)
        {
            case MlflowFault.Broken or MlflowFault.BrokenAfter: answer = (500, """{"error_code": "INTERNAL_ERROR", "message": "the database went away"}"""); break;
            case MlflowFault.ProxyDown: answer = (503, "<html>upstream is down</html>"); break;
            case MlflowFault.Busy:
                context.Response.Headers.RetryAfter = "7";
                answer = (429, """{"error_code": "REQUEST_LIMIT_EXCEEDED", "message": "slow down"}""");
                break;
            case MlflowFault.CutBefore: context.Abort(); return;
            case MlflowFault.CutAfter:
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("{\"run\"");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            case MlflowFault.Slow:
                await Task.WhenAny(_stopped.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
                return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Text.StartsWith('<') ? "text/html" : "application/json";
        await context.Response.WriteAsync(answer.Text);
    }

    private (int Status, string Text) Carry(HttpContext context, string call, string path, byte[] body)
    {
        Calls.Add(call);
        try
        {
            if (call == "PUT artifact")
            {
                if (context.Request.Method != "PUT") throw new MlflowRefusal("BAD_REQUEST", "artefacts are put");
                State.Artifacts[path[Proxy.Length..]] = body;
                return (200, "{}");
            }

            bool isQuery = context.Request.Method == "GET";
            if (!isQuery && context.Request.ContentType != "application/json") throw new MlflowRefusal("BAD_REQUEST", "contract: a body is application/json");
            if (!isQuery && context.Request.ContentLength is null) throw new MlflowRefusal("BAD_REQUEST", "contract: WSGI needs a length");
            string text = isQuery ? JsonSerializer.Serialize(context.Request.Query.ToDictionary(q => q.Key, q => q.Value.Single())) : Encoding.UTF8.GetString(body);
            Bodies[call] = text;
            using var document = JsonDocument.Parse(text);
            if (MlflowContract.Problem(call, document.RootElement, body.Length, isQuery) is { } problem) throw new MlflowRefusal("BAD_REQUEST", "contract: " + problem);
            return (200, State.Apply(call, JsonNode.Parse(text)!.AsObject()).ToJsonString());
        }
        catch (MlflowRefusal refusal)
        {
            if (refusal.Message.StartsWith("contract: ", StringComparison.Ordinal)) Problems.Add(refusal.Message);
            return (refusal.Status, new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message }.ToJsonString());
        }
    }
}
