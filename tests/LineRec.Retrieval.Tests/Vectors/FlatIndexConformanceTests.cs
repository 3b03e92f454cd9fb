using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Vectors;

public class FlatIndexConformanceTests : IndexConformance
{
    protected override IVectorIndex Create(NpyMatrix<float> vectors) => new FlatIndex(vectors);
}
