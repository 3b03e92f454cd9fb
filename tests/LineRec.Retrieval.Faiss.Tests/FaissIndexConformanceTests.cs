using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FlatConformanceTests : IndexConformance
{
    protected override IVectorIndex Create(NpyMatrix<float> vectors) => FaissIndex.Build(vectors, "Flat");
}

public sealed class IvfConformanceTests : IndexConformance
{
    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors)
    {
        var index = FaissIndex.Build(vectors, $"IVF{Math.Clamp(vectors.Rows / 60, 1, 30)},Flat");
        index.SetParameter("nprobe", 16);
        return index;
    }
}

public sealed class HnswConformanceTests : IndexConformance
{
    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors)
    {
        var index = FaissIndex.Build(vectors, "HNSW32");
        index.SetParameter("efSearch", 128);
        return index;
    }
}

public sealed class ScalarQuantizerConformanceTests : IndexConformance
{
    // 8 bits of a range of values that is wider than 1 by chance.
    protected override double Tolerance => 0.02;

    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors) => FaissIndex.Build(vectors, "SQ8");
}

public sealed class FastScanRefineConformanceTests : IndexConformance
{
    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors)
    {
        // The 16 centres of a 4-bit code can't be trained on fewer vectors.
        if (vectors.Rows < 64) return FaissIndex.Build(vectors, "IVF1,Flat,RFlat");
        var index = FaissIndex.Build(vectors, $"IVF{Math.Clamp(vectors.Rows / 60, 1, 30)},PQ{vectors.Columns}x4fs,RFlat");
        index.SetParameter("nprobe", 16);
        index.SetParameter("k_factor_rf", 4);
        return index;
    }
}
