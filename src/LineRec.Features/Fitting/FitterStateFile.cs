using System.Security.Cryptography;
using System.Text;

namespace LineRec.Features;

/// <summary>
/// The file of a fitter's counts: magic, format, <see cref="FitterIdentity"/>, then counts as 7-bit encoded integers (a zero is a byte), then the SHA-256 of all of it.
/// The same counts make the same bytes. Little-endian.
/// </summary>
internal static class FitterStateFile
{
    private const int CurrentFormat = 1;

    private static ReadOnlySpan<byte> Magic => "LRFS"u8;

    internal static void Save(string path, FitterIdentity identity, Action<BinaryWriter> write) => DurableFile.Replace(path, aside =>
    {
        using var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write);
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashed, Encoding.UTF8))
        {
            writer.Write(Magic);
            writer.Write(CurrentFormat);
            identity.Write(writer);
            write(writer);
        }

        file.Write(hash.Hash!);
    });

    /// <summary>Reads a file whose hash is right, so that nothing is added from a damaged one.</summary>
    internal static void Read(string path, FitterIdentity identity, Action<BinaryReader> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        RequireWhole(file, path);
        using var reader = new BinaryReader(new BufferedStream(file, 1 << 16), Encoding.UTF8);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)) throw new InvalidDataException($"'{path}' isn't a fitter's state.");
        int format = reader.ReadInt32();
        if (format != CurrentFormat) throw new InvalidDataException($"'{path}' has format {format}; this version reads {CurrentFormat}. Update LineRec.Features, or count that part of the log anew.");
        identity.RequireSame(FitterIdentity.Read(reader), $"'{path}'");
        read(reader);
    }

    private static void RequireWhole(FileStream file, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        long left = file.Length - SHA256.HashSizeInBytes;
        while (left > 0)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        var expected = new byte[SHA256.HashSizeInBytes];
        if (left < 0 || file.ReadAtLeast(expected, expected.Length, throwOnEndOfStream: false) < expected.Length || !hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
            throw new InvalidDataException($"'{path}' is damaged: its hash is wrong. Count that part of the log anew.");
        file.Position = 0;
    }
}
