namespace LineRec.Data;

/// <summary>Arrays that serve again and again, and are replaced where they are too short.</summary>
internal static class Room
{
    /// <summary>Room for some values; what the array held is lost.</summary>
    public static Span<T> For<T>(ref T[] array, int count)
    {
        if (array.Length < count) array = GC.AllocateUninitializedArray<T>(count);
        return array.AsSpan(0, count);
    }

    /// <summary>Makes an array longer: as long as is needed where it holds nothing, else by a quarter at least. So a window's memory stays near what it needs.</summary>
    /// <param name="array">The array.</param>
    /// <param name="used">How many values it holds.</param>
    /// <param name="need">How many it must have room for, at most <see cref="Array.MaxLength"/>.</param>
    public static void Grow<T>(ref T[] array, int used, int need)
    {
        if (need <= array.Length) return;
        long length = used == 0 ? need : Math.Max(need, array.Length + (array.Length / 4L));
        var grown = GC.AllocateUninitializedArray<T>((int)Math.Min(Array.MaxLength, length));
        array.AsSpan(0, used).CopyTo(grown);
        array = grown;
    }
}
