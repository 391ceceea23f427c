using MLflowSharp.Values;

namespace MLflowSharp.Tests.Values;

public sealed class PythonTextTests
{
    // What Python's repr gives.
    [Theory]
    [InlineData(1e-7, "1e-07")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.999, "0.999")]
    [InlineData(0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(10, "10.0")]
    [InlineData(-123.456, "-123.456")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void A_number_reads_as_in_python(double value, string text) => Assert.Equal(text, PythonText.Of(value));

    [Fact]
    public void A_single_precision_number_keeps_its_own_digits() => Assert.Equal("0.1", PythonText.Of((object)0.1f));
}
