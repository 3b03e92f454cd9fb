using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FaissIndexIvfTests : IndexConformance
{
    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors)
    {
        var index = FaissIndex.Build(vectors, $"IVF{Math.Clamp(vectors.Rows / 60, 1, 30)},Flat");
        index.SetParameter("nprobe", 16);
        return index;
    }
}
