using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FaissIndexScalarQuantizerTests : IndexConformance
{
    // 8 bits of a range of values that is wider than 1 by chance.
    protected override double Tolerance => 0.02;

    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors) => FaissIndex.Build(vectors, "SQ8");
}
