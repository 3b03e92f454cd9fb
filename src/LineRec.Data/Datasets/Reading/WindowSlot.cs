namespace LineRec.Data;

/// <summary>A window on its way from decoding to use.</summary>
internal sealed class WindowSlot(Window window, WindowBuffer buffer, long reserved)
{
    public Window Window => window;

    public WindowBuffer Buffer => buffer;

    /// <summary>What it is counted for: its bound from the footers, or what it really took where that is more.</summary>
    public long Reserved { get; set; } = reserved;

    public bool IsDecoded { get; set; }

    public Exception? Error { get; set; }

    public List<DatasetQuarantine> Lost { get; } = [];
}
