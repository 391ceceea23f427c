using NotebookTestRunner;
using NotebookTestRunner.Coverage;

namespace Tutorial.Cli.Running;

/// <summary>The file that says which public methods of the helpers the notebooks call (<c>--coverage</c>).</summary>
internal sealed class CoverageFile : IDisposable
{
    private readonly string _path;
    private readonly string _traces = Directory.CreateTempSubdirectory("notebook-coverage-").FullName;
    private readonly Dictionary<string, string> _traceOf = [];

    /// <summary>Prepares to write a file.</summary>
    /// <param name="path">Its full path.</param>
    public CoverageFile(string path) => _path = path;

    /// <summary>A run that leaves a trace.</summary>
    public RunOptions With(RunOptions run, string notebook)
    {
        var trace = _traceOf[notebook] = Path.Combine(_traces, $"{_traceOf.Count}.nettrace");
        return run with { EnvironmentVariables = run.EnvironmentVariables.Concat(KernelTrace.Variables(trace)).ToDictionary() };
    }

    /// <summary>Reads the traces and writes the file.</summary>
    /// <param name="checkout">Whose helpers are looked at: every assembly under <c>helpers/</c> that lessons refer to.</param>
    /// <param name="error">Hears of kernels that left none.</param>
    public async Task WriteAsync(Checkout checkout, TextWriter error)
    {
        var names = Directory.EnumerateDirectories(Path.Combine(checkout.Root, "helpers")).Select(folder => Path.GetFileName(folder));
        var built = Path.Combine(checkout.Root, "artifacts", "bin", "Tutorial.Helpers");
        var coverage = new NotebookCoverage(names.Select(name => Path.Combine(built, $"{name}.dll")).Where(File.Exists));
        foreach (var (notebook, trace) in _traceOf.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            try
            {
                coverage.Add(notebook, KernelTrace.Read(trace));
            }
            catch (NotebookRunException fault)
            {
                await error.WriteLineAsync($"{notebook} is not counted. {fault.Message}");
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        await File.WriteAllTextAsync(_path, coverage.ToMarkdown());
    }

    public void Dispose() => Directory.Delete(_traces, recursive: true);
}
