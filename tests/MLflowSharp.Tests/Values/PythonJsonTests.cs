using System.Text.Json.Nodes;
using MLflowSharp.Values;

namespace MLflowSharp.Tests.Values;

public sealed class PythonJsonTests
{
    [Theory]
    [InlineData("""{"a":[1,2.0,null,true],"b":{},"c":[]}""", """{"a": [1, 2.0, null, true], "b": {}, "c": []}""")]
    [InlineData("""["\u0001\n\t\"\\","hyv\u00e4\u00e4 ✓"]""", """["\u0001\n\t\"\\", "hyvää ✓"]""")]
    [InlineData("""{"{":"[","[":["{",["["]]}""", """{"{": "[", "[": ["{", ["["]]}""")]
    [InlineData("null", "null")]
    [InlineData("1152921504606846976", "1152921504606846976")]
    public void Json_is_written_as_Python_writes_it(string json, string expected) => Assert.Equal(expected, PythonJson.Write(JsonNode.Parse(json)));

    [Theory]
    [InlineData(2, "2.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e16, "1e+16")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    public void Numbers_with_a_point_keep_it_and_what_is_none_is_a_text(double value, string expected) => Assert.Equal(expected, PythonJson.Write(PythonJson.Number(value)));
}
