namespace Notebooks.Text;

/// <summary>What counts as a lesson's text, and how easy it is said to be.</summary>
public sealed class ProseTests
{
    [Fact]
    public void Words_are_what_a_reader_reads()
    {
        const string markdown = "## A title\n\nSee [this page](https://example.org/a-page), 97.8 %<!-- claim: accuracy -->.\n\n```\nnot this\n```\n\n![Not a word](x.svg)\n\n| `code` | <b>bold</b> |";

        Assert.Equal(["A", "title", "See", "this", "page", "97.8", "code", "bold"], Prose.Words(markdown));
        Assert.Equal(["A", "title", "See", "this", "page", "bold"], Prose.PlainWords(markdown));
    }

    [Fact]
    public void A_list_a_line_and_a_full_stop_end_a_sentence_and_headings_have_none() =>
        Assert.Equal(["One two", "Three", "Four X five", "six"], Prose.Sentences("# Title\n\nOne two. *Three!*\n- Four `code` five\n- six\n\n| no | table |").Select(words => string.Join(' ', words)));

    [Theory]
    [InlineData("run", 1)]
    [InlineData("rate", 1)]
    [InlineData("rated", 2)]
    [InlineData("trained", 1)]
    [InlineData("number", 2)]
    [InlineData("table", 2)]
    [InlineData("validation", 4)]
    public void Syllables_are_counted(string word, int syllables) => Assert.Equal(syllables, Readability.Syllables(word));

    [Fact]
    public void Short_words_in_short_sentences_are_easier()
    {
        Assert.Equal(206.835 - (1.015 * 6) - 84.6, Readability.FleschReadingEase([.. Prose.Sentences("The cat sat on the mat.")]), 3);
        Assert.InRange(Readability.FleschReadingEase([.. Prose.Sentences("Hyperparameter optimisation necessitates considerable computational infrastructure.")]), double.MinValue, 0);
    }

    [Fact]
    public void A_misspelt_word_is_not_known()
    {
        var spelling = Spelling.Load();
        Assert.SkipWhen(spelling is null, "The word list is missing: apt-get install wbritish.");

        Assert.Equal(["teh", "color", "mlflow"], new[] { "The", "network's", "colour", "teh", "color", "MLflow", "MLflow's", "mlflow", "don't" }.Where(word => !spelling!.Knows(word)));
    }
}
