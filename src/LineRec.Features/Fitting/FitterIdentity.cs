using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LineRec.Features;

/// <summary>What two fitters must have in common for their counts to be added: spec, catalog and instant.</summary>
/// <param name="Spec">Hash of the spec.</param>
/// <param name="Catalog">Hash of the item ids and of the text columns whose values are counted by.</param>
/// <param name="End">The instant of the fit in milliseconds since 1970-01-01 UTC.</param>
internal sealed record FitterIdentity(string Spec, string Catalog, long End)
{
    internal static FitterIdentity Of(FeatureSpec spec, Catalog catalog, StatisticsPlan plan, long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendTexts(hash, catalog.Ids);
        foreach (string name in plan.Groups.Select(g => g.Column).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (catalog.Find<TextColumn>(name) is not { } column) continue; // the statistics tell of it
            AppendTexts(hash, column.Values);
            hash.AppendData(MemoryMarshal.AsBytes(column.Codes));
        }

        byte[] specHash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(spec, FeatureJson.Default.FeatureSpec));
        return new FitterIdentity(Convert.ToHexStringLower(specHash), Convert.ToHexStringLower(hash.GetHashAndReset()), end);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Spec);
        writer.Write(Catalog);
        writer.Write(End);
    }

    internal static FitterIdentity Read(BinaryReader reader) => new(reader.ReadString(), reader.ReadString(), reader.ReadInt64());

    internal void RequireSame(FitterIdentity other, string source)
    {
        if (other == this) return;
        string different = other.Spec != Spec ? "spec" : other.Catalog != Catalog ? "catalog" : "instant";
        throw new ArgumentException($"{source} counts events with another {different}. Parts of a log are counted with the same spec, catalog and instant.");
    }

    private static void AppendTexts(IncrementalHash hash, ReadOnlySpan<string> texts)
    {
        Span<byte> length = stackalloc byte[4];
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
