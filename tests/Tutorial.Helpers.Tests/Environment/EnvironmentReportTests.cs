namespace Tutorial.Helpers.Tests;

public sealed class EnvironmentReportTests
{
    private static readonly EnvironmentReport s_report = new([new("MNIST", true, "whole"), new("Torch", false, "<missing> & gone")]);

    [Fact]
    public void The_text_marks_each_line_and_counts_the_failures() => Assert.Equal(
        "✓ MNIST: whole\n✗ Torch: <missing> & gone\n1 of 2 checks failed: do what their lines say, then run this again.",
        s_report.ToString());

    [Fact]
    public void The_bundle_has_an_escaped_table_and_the_text()
    {
        var bundle = s_report.ToDisplayBundle();

        Assert.Contains("&lt;missing&gt; &amp; gone", (string)bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal(s_report.ToString(), bundle["text/plain"]);
    }
}
