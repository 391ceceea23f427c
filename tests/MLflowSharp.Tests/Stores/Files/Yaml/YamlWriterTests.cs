using MLflowSharp.Stores.Files.Yaml;

namespace MLflowSharp.Tests.Stores.Files.Yaml;

/// <summary>What PyYAML 6 with LibYAML writes; <c>tests/Interop</c> compares many more texts with the real one.</summary>
public sealed class YamlWriterTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("", "''")]
    [InlineData("yes", "'yes'")]
    [InlineData("412764913229107707", "'412764913229107707'")]
    [InlineData("1:30", "'1:30'")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("- a", "'- a'")]
    [InlineData("-a", "-a")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'''quoted'''")]
    [InlineData(" a", "' a'")]
    [InlineData("a\nb", "'a\n\n  b'")]
    [InlineData("a \nb", "\"a \\nb\"")]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("Ääkköset ✓", "Ääkköset ✓")]
    [InlineData("😀", "\"\\U0001F600\"")]
    [InlineData("\0\u001b\u0085", "\"\\0\\e\\N\"")]
    public void Texts_are_quoted_where_PyYAML_quotes_them(string text, string written) =>
        Assert.Equal($"a: {written}\n", YamlWriter.Write(new YamlMap { ["a"] = text }));

    [Fact]
    public void Long_texts_are_folded_at_the_first_space_behind_column_80()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 20));
        Assert.Equal($"key: {words[..79]}\n  {words[80..]}\n", YamlWriter.Write(new YamlMap { ["key"] = words }));
    }

    [Fact]
    public void Keys_are_sorted_and_long_ones_stand_alone()
    {
        var key = new string('k', 129);
        Assert.Equal(
            $"B: 1\na:\n- x\nb:\n  ? {key}\n  : y\nc: {{}}\nd: []\ne: null\n",
            YamlWriter.Write(new YamlMap
            {
                ["e"] = null, ["d"] = new List<object?>(), ["c"] = new YamlMap(), ["b"] = new YamlMap { [key] = "y" }, ["a"] = new List<object?> { "x" }, ["B"] = 1L,
            }));
    }
}
