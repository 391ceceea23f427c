using MLflowSharp.Stores.Files.Yaml;
using YamlDotNet.Core;

namespace MLflowSharp.Tests.Stores.Files.Yaml;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: 1\n", 1L)]
    [InlineData("a: '1'\n", "1")]
    [InlineData("a: null\n", null)]
    [InlineData("a: ~\n", null)]
    [InlineData("a:\n", null)]
    [InlineData("a: ''\n", "")]
    [InlineData("a: 3.11.7\n", "3.11.7")]
    [InlineData("a: 0.19.2\n", "0.19.2")]
    [InlineData("a: 1200\n", 1200L)]
    [InlineData("a: NULL\n", null)]
    [InlineData("a: nULL\n", "nULL")]
    [InlineData("a: it''s\n", "it''s")]
    [InlineData("a: 'it''s'\n", "it's")]
    [InlineData("a: b: c\n", "refused")]
    [InlineData("a: b #c\n", "b")]
    [InlineData("a: b#c\n", "b#c")]
    [InlineData("a: one\n  two\n   three\n", "one two three")]
    [InlineData("a: 'one\n\n  two'\n", "one\ntwo")]
    [InlineData("a: 'one\u2028  two'\n", "one\u2028two")]
    [InlineData("a: \"x\\ty\\x41\\u00e4\\U0001F600\\\n  z\"\n", "x\tyAä😀z")]
    [InlineData("a: \"\\q\"\n", "refused")]
    [InlineData("a: 'open\n", "refused")]
    [InlineData("a: x\r\nb: y\r\n", "x")]
    [InlineData("# comment\na: x\n", "x")]
    [InlineData("---\na: x\n...\n", "x")]
    [InlineData("{a: x, b: [1, 2]}\n", "x")]
    [InlineData("? a\n: x\n", "x")]
    [InlineData("'a': x\n", "x")]
    [InlineData("a: |\n  x\n  y\n", "x\ny\n")]
    [InlineData("a: !!str 5\n", "5")]
    [InlineData("- a\n", "refused")]
    [InlineData("just text\n", "refused")]
    public void Values_are_read_as_PyYAML_reads_them(string text, object? expected)
    {
        object? read;
        try
        {
            read = YamlReader.Read(text)!["a"];
        }
        catch (YamlException)
        {
            read = "refused";
        }

        Assert.Equal(expected, read);
    }

    [Fact]
    public void Lists_and_maps_stand_below_their_keys()
    {
        var map = YamlReader.Read("list:\n- a\n- '1'\nnone: {}\nempty: []\nmap:\n  k: v\n  'x: y': 'z'\nlast: 2\n")!;
        Assert.Equal(["a", "1"], Assert.IsType<List<object?>>(map["list"]));
        Assert.Empty(Assert.IsType<YamlMap>(map["none"]));
        Assert.Empty(Assert.IsType<List<object?>>(map["empty"]));
        Assert.Equal([new("k", "v"), new("x: y", "z")], map.Texts("map"));
        Assert.Equal(2, map.Number("last"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void An_empty_file_holds_nothing(string text) => Assert.Null(YamlReader.Read(text));

    [Fact]
    public void What_is_nested_without_end_is_refused() =>
        Assert.Throws<YamlException>(() => YamlReader.Read("a: " + new string('[', 100_000)));

    [Theory]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("2026-11-25")]
    [InlineData("0x1F")]
    [InlineData("9223372036854775808")]
    public void Other_plain_values_are_written_again_as_they_were(string value) =>
        Assert.Equal($"a: {value}\n", YamlWriter.Write(YamlReader.Read($"a: {value}\n")!));
}
