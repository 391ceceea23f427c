using NotebookTestRunner;
using NotebookTestRunner.Reports;
using NotebookTestRunner.Resources;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Reporting;

/// <summary>The reports of a run. One that cannot be written keeps neither the run nor the others back.</summary>
internal sealed class ReportFiles
{
    // Writing them all after each of many short notebooks must not take longer than running those.
    private const int Share = 20;

    private readonly IReadOnlyList<ReportFile> _files;
    private readonly RunHistory? _history;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, string> _problems = new(StringComparer.Ordinal);
    private TimeSpan _cost;
    private long? _written;

    /// <summary>Begins; nothing is written yet.</summary>
    /// <param name="files">What to write.</param>
    /// <param name="history">The file with the durations of the last run; null for none.</param>
    /// <param name="time">The clock.</param>
    public ReportFiles(IReadOnlyList<ReportFile> files, string? history, TimeProvider time)
    {
        _files = files;
        _history = history is null ? null : RunHistory.Load(history);
        _time = time;
    }

    /// <summary>Why reports could not be written, a sentence for each; empty when all went well.</summary>
    public IReadOnlyCollection<string> Problems => _problems.Values;

    /// <summary>A page for people and a JUnit file for services, in a folder.</summary>
    public static IReadOnlyList<ReportFile> In(string folder, string title) => [Html(Path.Combine(folder, "report.html"), title), JUnit(Path.Combine(folder, "junit.xml"))];

    /// <summary>The page for people.</summary>
    public static ReportFile Html(string path, string title) => new("Report", path, (file, results) => HtmlReport.WriteAsync(file, results, title));

    /// <summary>JUnit XML.</summary>
    public static ReportFile JUnit(string path) => new("JUnit XML", path, (file, results) => JUnitReport.WriteAsync(file, results));

    /// <summary>Visual Studio's test results.</summary>
    public static ReportFile Trx(string path, string title) => new("TRX", path, (file, results) => TrxReport.WriteAsync(file, results, title));

    /// <summary>JSON.</summary>
    public static ReportFile Json(string path, string title) => new("JSON", path, (file, results) => JsonReport.WriteAsync(file, results, title));

    /// <summary>SARIF, with files named relative to a folder.</summary>
    public static ReportFile Sarif(string path, string root) => new("SARIF", path, (file, results) => SarifReport.WriteAsync(file, results, root));

    /// <summary>A summary in Markdown.</summary>
    public static ReportFile Markdown(string path, string title) => new("Markdown", path, (file, results) => MarkdownReport.WriteAsync(file, results, title));

    /// <summary>The results with what the last run took beside them.</summary>
    public IReadOnlyList<NotebookResult> Compare(IReadOnlyList<NotebookResult> results) => _history?.Compare(results) ?? results;

    /// <summary>Writes what is known so far, unless that was done a moment ago.</summary>
    public async Task WriteAsync(IReadOnlyList<NotebookResult> results)
    {
        if (_written is { } last && _time.GetElapsedTime(last) < _cost * Share)
            return;
        await WriteAllAsync(results);
    }

    /// <summary>Writes the whole run, and keeps its durations for the next.</summary>
    public async Task WriteLastAsync(IReadOnlyList<NotebookResult> results)
    {
        await WriteAllAsync(results);
        if (_history is not null)
            await TryAsync(_history.Path, () => _history.SaveAsync(results));
    }

    /// <summary>Says where the reports are, and which are not and why.</summary>
    public async Task SayAsync(CliContext context)
    {
        // Not through the console's own layout, which would break a long path.
        var output = context.Out.Profile.Out.Writer;
        foreach (var file in _files.Where(file => !_problems.ContainsKey(file.Path)))
            await output.WriteLineAsync($"{file.Kind + ":",-10} {context.Shorten(file.Path)}");
        foreach (var problem in Problems)
            await context.Error.WriteLineAsync(problem);
    }

    private async Task WriteAllAsync(IReadOnlyList<NotebookResult> results)
    {
        var started = _time.GetTimestamp();
        var compared = Compare(results);
        foreach (var file in _files)
            await TryAsync(file.Path, () => file.WriteAsync(file.Path, compared));
        _written = _time.GetTimestamp();
        _cost = _time.GetElapsedTime(started);
    }

    private async Task TryAsync(string path, Func<Task> write)
    {
        try
        {
            await write();
            _problems.Remove(path);
        }
        catch (Exception exception) when (exception is NotebookRunException || Fault.IsOfFiles(exception))
        {
            // The next writing may mend it.
            _problems[path] = $"{path} could not be written. {Fault.Sentence(exception, Path.GetDirectoryName(path)!)}";
        }
    }
}
