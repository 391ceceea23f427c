using System.Globalization;

namespace NotebookTestRunner.Reports;

/// <summary>
/// Failures as GitHub's workflow commands, which show them beside the notebook's lines:
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message.
/// </summary>
public static class GitHubAnnotations
{
    /// <summary>One command for each failed cell and each finding, in the order of the notebooks and cells.</summary>
    /// <param name="results">The notebooks.</param>
    /// <param name="root">The root of the repository: files are named relative to it, as GitHub needs them.</param>
    public static IReadOnlyList<string> Create(IReadOnlyList<NotebookResult> results, string root)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. results.SelectMany(result => ReportProblem.Of(result).Select(problem => Command(problem, Path.GetRelativePath(root, result.Path).Replace('\\', '/'))))];
    }

    private static string Command(ReportProblem problem, string file) => string.Create(
        CultureInfo.InvariantCulture, $"::{(problem.IsError ? "error" : "warning")} file={Property(file)},line={problem.Line},title={Property(problem.Title)}::{Data(problem.Message)}");

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
