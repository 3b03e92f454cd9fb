namespace LineRec.Bench.Vectors;

/// <summary>What a row of the report says of an index.</summary>
/// <param name="By">linerec, faiss, hnswlib or usearch.</param>
/// <param name="Version">Its version.</param>
/// <param name="Simd">What it computes with: avx512, avx2, sse, …</param>
/// <param name="Index">The kind of index with what it was built with.</param>
/// <param name="Exact">Whether its answers are exact.</param>
internal sealed record IndexLabel(string By, string Version, string Simd, string Index, bool Exact);
