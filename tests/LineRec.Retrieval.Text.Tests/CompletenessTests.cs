using LineRec.Conformance;

namespace LineRec.Retrieval.Text.Tests;

public class CompletenessTests
{
    [Fact]
    public void Every_public_component_has_a_conformance_suite() =>
        Assert.Empty(ConformanceCompleteness.Missing(typeof(TitleIndex).Assembly, typeof(CompletenessTests).Assembly));
}
