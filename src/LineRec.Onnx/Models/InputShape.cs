namespace LineRec.Onnx;

/// <summary>The shape that an input's description gives it.</summary>
internal static class InputShape
{
    /// <summary>Values a row of the input.</summary>
    internal static int ValuesPerRow(this ModelInput input) => checked((input.Length ?? 1) * input.Width);

    /// <summary>[rows, width], or [rows, length, width].</summary>
    internal static long[] Shape(this ModelInput input, int rows) => input.Length is { } length ? [rows, length, input.Width] : [rows, input.Width];
}
