using System.Net;

namespace LineRec.Tracking;

/// <summary>Tracking failed: a server refused or is out of reach, or a folder's files aren't as MLflow keeps them.</summary>
public sealed class TrackingException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">What went wrong, where and what to do.</param>
    /// <param name="inner">What caused it.</param>
    public TrackingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>MLflow's own code, such as "RESOURCE_DOES_NOT_EXIST"; null where no server answered.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The answer's status; null where none came.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Whether the same call may succeed later: nobody answered, or the server was too busy or broken for the moment.</summary>
    public bool IsTransient { get; init; }

    /// <summary>When the server asked to be called again.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the server may have done it, though no answer said so.</summary>
    internal bool MayBeDone { get; set; }
}
