using System.IO.Hashing;
using System.Text;

namespace LineRec.Features;

/// <summary>A hash of a text that is the same on every machine: XXH64 of its UTF-8 bytes, one function a seed.</summary>
internal static class TextHash
{
    internal static ulong Of(string text, int seed) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text), seed);
}
