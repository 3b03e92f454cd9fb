using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Vectors.Auto;

public class AutoIndexConformanceTests : IndexConformance
{
    protected override IVectorIndex Create(NpyMatrix<float> vectors) => VectorIndex.Auto(vectors, new AutoIndexOptions { RecallTarget = 1 });
}
