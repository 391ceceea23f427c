using MLflowSharp.Server.GraphQL;

namespace MLflowSharp.Server.Tests.GraphQL;

public sealed class SelectionParserTests
{
    [Theory]
    [InlineData("{ a { b c } }", "a(b c)")]
    [InlineData("query Q($x: In! = {a: [1]}) @component(name: \"x(y)\") { a(input: $x, text: \")\\\")\") @skip(if: false) { b, c } # end\n d }", "a(b c) d")]
    [InlineData("query Q { one: a { two: b } }", "one:a(two:b)")]
    [InlineData("query Other { x } query Q { a }", "a")]
    public void The_fields_of_the_operation_are_read(string query, string fields) =>
        Assert.Equal(fields, string.Join(' ', SelectionParser.Parse(query, query.Contains('Q') ? "Q" : null).Select(Show)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{ a { b }")]
    [InlineData("query Q($x: \"")]
    [InlineData("{ a(b: \"\\")]
    [InlineData("{ ...F } fragment F on A { b }")]
    [InlineData("query Other { x }")]
    [InlineData("{ 💥 }")]
    public void What_cannot_be_read_is_refused(string query) =>
        Assert.Equal(ErrorCode.BadRequest, Assert.Throws<MlflowException>(() => SelectionParser.Parse(query, query.Contains("Other", StringComparison.Ordinal) ? "Q" : null)).ErrorCode);

    [Fact]
    public void Endless_nesting_is_refused() =>
        Assert.Contains("deep", Assert.Throws<MlflowException>(() => SelectionParser.Parse(string.Concat(Enumerable.Repeat("{a", 100_000)), null)).Message, StringComparison.Ordinal);

    private static string Show(SelectedField field) =>
        (field.Alias == field.Name ? field.Name : $"{field.Alias}:{field.Name}") + (field.Fields.Count == 0 ? "" : $"({string.Join(' ', field.Fields.Select(Show))})");
}
