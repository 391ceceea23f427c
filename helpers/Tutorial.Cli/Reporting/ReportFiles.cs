using NotebookTestRunner;
using NotebookTestRunner.Reports;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Reporting;

/// <summary>The two reports of a run: a page for people, a JUnit file for services.</summary>
/// <param name="folder">Where they go: a full path.</param>
/// <param name="title">The page's title.</param>
internal sealed class ReportFiles(string folder, string title)
{
    private readonly string _page = Path.Combine(folder, "report.html");
    private readonly string _junit = Path.Combine(folder, "junit.xml");

    /// <summary>Why the last writing failed, as a sentence; null when it went well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Writes both; a fault is remembered, so that the run goes on and the next writing may mend it.</summary>
    public async Task WriteAsync(IReadOnlyList<NotebookResult> results)
    {
        try
        {
            await HtmlReport.WriteAsync(_page, results, title);
            await JUnitReport.WriteAsync(_junit, results);
            Problem = null;
        }
        catch (Exception exception) when (exception is NotebookRunException || Fault.IsOfFiles(exception))
        {
            Problem = $"The reports could not be written. {Fault.Sentence(exception, folder)}";
        }
    }

    /// <summary>Says where the reports are, or why they are not.</summary>
    public async Task SayAsync(CliContext context)
    {
        if (Problem is not null)
        {
            await context.Error.WriteLineAsync(Problem);
            return;
        }

        // Not through the console's own layout, which would break a long path.
        var output = context.Out.Profile.Out.Writer;
        await output.WriteLineAsync($"Report:    {context.Shorten(_page)}");
        await output.WriteLineAsync($"JUnit XML: {context.Shorten(_junit)}");
    }
}
