using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FaissIndexHnswTests : IndexConformance
{
    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors)
    {
        var index = FaissIndex.Build(vectors, "HNSW32");
        index.SetParameter("efSearch", 128);
        return index;
    }
}
