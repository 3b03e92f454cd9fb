using LineRec.Conformance;

namespace LineRec.Retrieval.Tests;

public class CompletenessTests
{
    [Fact]
    public void Every_public_component_has_a_conformance_suite() =>
        Assert.Empty(ConformanceCompleteness.Missing(typeof(FlatIndex).Assembly, typeof(CompletenessTests).Assembly));
}
