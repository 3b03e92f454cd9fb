namespace LineRec.Data;

/// <summary>What came of an impression.</summary>
[Flags]
internal enum ImpressionOutcome : byte
{
    None = 0,
    Clicked = 1,
    Purchased = 2,
}
