using NotebookTestRunner;
using NotebookTestRunner.Reports;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Reporting;

/// <summary>What GitHub shows of a run beside its log: marks at the lines of notebooks, and a summary on the page of the workflow.</summary>
internal static class GitHubActions
{
    /// <summary>Prints the marks and adds the summary, where the workflow has a place for it.</summary>
    public static async Task SayAsync(IReadOnlyList<NotebookResult> results, CliContext context)
    {
        var output = context.Out.Profile.Out.Writer;
        foreach (var line in GitHubAnnotations.Create(results, context.GitHubWorkspace ?? context.WorkingDirectory))
            await output.WriteLineAsync(line);
        if (context.GitHubStepSummary is not { Length: > 0 } summary)
            return;
        try
        {
            // Other steps' commands write to it too.
            await File.AppendAllTextAsync(summary, MarkdownReport.Create(results));
        }
        catch (Exception exception) when (Fault.IsOfFiles(exception))
        {
            await context.Error.WriteLineAsync($"The summary for GitHub could not be written. {Fault.Sentence(exception, Path.GetDirectoryName(summary) ?? summary)}");
        }
    }
}
