namespace LineRec.Data;

/// <summary>A segment of the exposure log is damaged, rather than the log that it is added to.</summary>
internal sealed class ExposureDamageException(string message, Exception cause) : Exception(message, cause);
