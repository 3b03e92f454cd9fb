namespace LineRec.Tracking;

/// <summary>A tracking URI as MLflow understands it: a server's address, a folder's path, or a file URI.</summary>
internal static class TrackingUris
{
    /// <summary>The server, its path ended by '/'; null where it is a folder.</summary>
    public static Uri? Server(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? new Uri(uri.TrimEnd('/') + "/") : null;

    public static string Folder(string uri) => Path.GetFullPath(uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? new Uri(uri).LocalPath : uri);
}
