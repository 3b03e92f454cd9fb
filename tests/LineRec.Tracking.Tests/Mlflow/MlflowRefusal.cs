namespace LineRec.Tracking.Tests;

/// <summary>The made-up server says no.</summary>
public sealed class MlflowRefusal(string code, string message, int status = 400) : Exception(message)
{
    public string Code => code;

    public int Status => status;
}
