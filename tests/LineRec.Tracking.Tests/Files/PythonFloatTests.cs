using CsCheck;

namespace LineRec.Tracking.Tests;

/// <summary>Numbers as Python's repr writes them; the texts are Python's own.</summary>
public class PythonFloatTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-100.0, "-100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(1234567.891, "1234567.891")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.2345e22, "1.2345e+22")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "5e-324")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_number_is_written_as_Python_does(double value, string text) => Assert.Equal(text, PythonFloat.Text(value));

    [Fact]
    public void Every_number_reads_back_as_itself() => Gen.Double.Sample(value => Assert.True(PythonFloat.TryParse(PythonFloat.Text(value), out double back) && back.Equals(value), $"{value:R}"), iter: 20_000);
}
