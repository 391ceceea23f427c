using MLflowSharp.Search;

namespace MLflowSharp.Tests.Search;

public sealed class SearchLexerTests
{
    [Theory]
    [InlineData("metrics.accuracy>0.9", "Word:metrics.accuracy Comparator:> Number:0.9")]
    [InlineData("params.x != 'a b'", "Word:params.x Comparator:!= Quoted:'a b'")]
    [InlineData("metrics.\"val acc/top-1\" <= -1.5e-3", "Word:metrics.\"val acc/top-1\" Comparator:<= Number:-1.5e-3")]
    [InlineData("tags.`my tag` LIKE \"%x%\"", "Word:tags.`my tag` Word:LIKE Quoted:\"%x%\"")]
    [InlineData("tags.mlflow.source.name = ''", "Word:tags.mlflow.source.name Comparator:= Quoted:''")]
    [InlineData("name = 'it''s'", "Word:name Comparator:= Quoted:'it''s'")]
    [InlineData("run_id IN ('a', 'b')", "Word:run_id Word:IN List:('a', 'b')")]
    [InlineData("  a  \t\n b ", "Word:a Word:b")]
    [InlineData("a = 1 -- remark", "Word:a Comparator:= Number:1 Other:-- remark")]
    [InlineData("a ; b", "Word:a Other:; Word:b")]
    public void A_filter_is_cut_into_tokens(string filter, string expected) =>
        Assert.Equal(expected, string.Join(' ', SearchLexer.Tokenize(filter).Select(token => $"{token.Kind}:{token.Text}")));

    [Theory]
    [InlineData("'never closed")]
    [InlineData("tags.`never closed")]
    [InlineData("('a', 'b'")]
    [InlineData("(((((")]
    [InlineData("!")]
    [InlineData("-")]
    [InlineData(".")]
    public void Whatever_is_typed_ends(string filter) => Assert.NotEmpty(SearchLexer.Tokenize(filter));
}
