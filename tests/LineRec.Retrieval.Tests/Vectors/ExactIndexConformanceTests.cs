using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Vectors;

public class ExactIndexConformanceTests : IndexConformance
{
    protected override IVectorIndex Create(NpyMatrix<float> vectors) => new ExactIndex(vectors);
}
