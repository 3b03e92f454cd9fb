using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Vectors.Ivf;

public class IvfIndexExactConformanceTests : IndexConformance
{
    protected override IVectorIndex Create(NpyMatrix<float> vectors) => IvfIndex.Build(vectors, new IvfOptions { Probe = IvfProbe.Exact });
}

public class IvfIndexProbeConformanceTests : IndexConformance
{
    protected override double RecallFloor => 0.9;

    protected override IVectorIndex Create(NpyMatrix<float> vectors) => IvfIndex.Build(vectors, new IvfOptions { Probe = new IvfProbe { LeastChance = 0.0005f, RefineFactor = 3 } });
}
