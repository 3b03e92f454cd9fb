using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FaissIndexFastScanRefineTests : IndexConformance
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
