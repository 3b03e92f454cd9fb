using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FaissIndexFlatTests : IndexConformance
{
    protected override IVectorIndex Create(NpyMatrix<float> vectors) => FaissIndex.Build(vectors, "Flat");
}
