using NotebookTestRunner;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Tests.Reporting;

public sealed class OutcomeTests
{
    [Theory]
    [InlineData(Verdict.Passed, "green", '✓')]
    [InlineData(Verdict.Failed, "red", '✗')]
    [InlineData(Verdict.Skipped, "yellow", '–')]
    [InlineData(Verdict.NotRun, "yellow", '–')]
    public void A_verdict_has_its_colour_and_its_sign(Verdict verdict, string colour, char sign)
    {
        Assert.Equal(colour, Outcome.Colour(verdict).ToMarkup());
        Assert.Equal(sign, Outcome.Sign(verdict));
    }

    [Fact]
    public void What_passed_before_and_was_not_run_again_says_when() =>
        Assert.Equal("passed on 2026-11-26 10:05 UTC, not run again", Outcome.Words(new NotebookResult { Path = "/x/a.ipynb", CachedFrom = new DateTimeOffset(2026, 11, 26, 12, 5, 0, TimeSpan.FromHours(2)) }));
}
