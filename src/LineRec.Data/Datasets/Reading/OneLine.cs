namespace LineRec.Data;

/// <summary>What the Parquet library says, as a part of our own message.</summary>
internal static class OneLine
{
    public static string Of(Exception e)
    {
        string text = e.Message.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
