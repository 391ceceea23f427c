using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;
using NotebookTestRunner.Coverage;
using NotebookTestRunner.Notebooks;

namespace Tutorial.Cli.Running;

/// <summary>The file that says what notebooks run of libraries (<c>--coverage</c>): of the helpers public methods, of Python modules lines.</summary>
internal sealed class CoverageFile : IDisposable
{
    private readonly string _path;
    private readonly string _traces = Directory.CreateTempSubdirectory("notebook-coverage-").FullName;
    private readonly Dictionary<string, string> _traceOf = [];
    private readonly Dictionary<string, (PythonCoverage Coverage, List<string> Notebooks)> _pythons = [];

    /// <summary>Prepares to write a file.</summary>
    /// <param name="path">Its full path.</param>
    public CoverageFile(string path) => _path = path;

    /// <summary>A run that leaves a trace.</summary>
    public RunOptions With(RunOptions run, string notebook)
    {
        if (PythonOf(run, notebook) is { } python)
        {
            if (!_pythons.TryGetValue(python, out var lines))
                lines = _pythons[python] = (new PythonCoverage(Directory.CreateDirectory(Path.Combine(_traces, $"python-{_pythons.Count}")).FullName), []);
            lines.Notebooks.Add(notebook);
            return run with { EnvironmentVariables = run.EnvironmentVariables.Concat(lines.Coverage.Variables()).ToDictionary() };
        }
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
        foreach (var (python, (lines, notebooks)) in _pythons)
        {
            try
            {
                coverage.Add(await lines.ReadAsync(python));
            }
            catch (NotebookRunException fault)
            {
                await error.WriteLineAsync($"{string.Join(", ", notebooks.Order(StringComparer.Ordinal))}: not counted. {fault.Message}");
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        await File.WriteAllTextAsync(_path, coverage.ToMarkdown(checkout.Root));
    }

    /// <summary>The Python that a notebook's kernel runs on; null where it is none, or is not known: then the run tells.</summary>
    private static string? PythonOf(RunOptions run, string notebook)
    {
        try
        {
            var kernel = (run.KernelName ?? Notebook.Read(notebook).KernelName) is { } name ? new KernelSpecStore(run.KernelSpecDirectories).Find(name) : null;
            return kernel is { Spec.Language: "python" } ? kernel.Executable : null;
        }
        catch (Exception exception) when (exception is NotebookRunException or JupyterProtocolException)
        {
            return null;
        }
    }

    public void Dispose() => Directory.Delete(_traces, recursive: true);
}
