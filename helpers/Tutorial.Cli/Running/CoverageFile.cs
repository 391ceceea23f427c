using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;
using NotebookTestRunner.Coverage;
using NotebookTestRunner.Notebooks;

namespace Tutorial.Cli.Running;

/// <summary>The files that say which lines of libraries notebooks run (<c>--coverage</c>): of assemblies whose source is here, and of Python modules.</summary>
internal sealed class CoverageFile : IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly Checkout _checkout;
    private readonly string _counts = Directory.CreateTempSubdirectory("notebook-coverage-").FullName;
    private readonly DotnetCoverage _dotnet;
    private readonly Dictionary<string, (PythonCoverage Coverage, List<string> Notebooks)> _pythons = [];
    private readonly HashSet<string> _problems = new(StringComparer.Ordinal);

    /// <summary>Prepares to write files.</summary>
    /// <param name="paths">Their full paths.</param>
    /// <param name="checkout">Whose helpers are counted whether a notebook uses them or not.</param>
    public CoverageFile(IReadOnlyList<string> paths, Checkout checkout)
    {
        (_paths, _checkout) = (paths, checkout);
        _dotnet = new DotnetCoverage(_counts);
    }

    /// <summary>A run that is counted.</summary>
    public RunOptions With(RunOptions run, string notebook)
    {
        lock (_pythons)
        {
            if (PythonOf(run, notebook) is not { } python)
                return run with { EnvironmentVariables = run.EnvironmentVariables.Concat(DotnetVariables(run, notebook)).ToDictionary() };
            if (!_pythons.TryGetValue(python, out var lines))
                lines = _pythons[python] = (new PythonCoverage(Directory.CreateDirectory(Path.Combine(_counts, $"python-{_pythons.Count}")).FullName), []);
            lines.Notebooks.Add(notebook);
            return run with { EnvironmentVariables = run.EnvironmentVariables.Concat(lines.Coverage.Variables()).ToDictionary() };
        }
    }

    /// <summary>Reads what was counted, writes the files, and says where they are.</summary>
    /// <param name="context">Hears it.</param>
    public async Task WriteAsync(CliContext context)
    {
        var coverage = new NotebookCoverage();
        _dotnet.AddTo(coverage);
        foreach (var (python, (lines, notebooks)) in _pythons)
        {
            try
            {
                coverage.Add(await lines.ReadAsync(python));
            }
            catch (NotebookRunException fault)
            {
                _problems.Add($"{string.Join(", ", notebooks.Order(StringComparer.Ordinal))}: not counted. {fault.Message}");
            }
        }
        foreach (var path in _paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, Text(coverage, path, context.Time));
        }
        var all = coverage.Files().SelectMany(file => file.Lines).ToList();
        await context.Out.Profile.Out.Writer.WriteLineAsync(FormattableString.Invariant(
            $"Coverage:  {string.Join(", ", _paths.Select(context.Shorten))} ({all.Count(line => line.Ran)} of {all.Count} lines ran)"));
        foreach (var problem in _problems) await context.Error.WriteLineAsync(problem);
    }

    private string Text(NotebookCoverage coverage, string path, TimeProvider time) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".xml" => CoverageCobertura.Create(coverage, time.GetUtcNow(), _checkout.Root),
        ".info" => CoverageLcov.Create(coverage, _checkout.Root),
        ".json" => CoverageJson.Create(coverage, _checkout.Root),
        _ => CoverageMarkdown.Create(coverage, _checkout.Root),
    };

    private IReadOnlyDictionary<string, string> DotnetVariables(RunOptions run, string notebook)
    {
        try
        {
            _dotnet.Count(Path.Combine(_checkout.Root, "artifacts", "bin", "Tutorial.Helpers"));
            _dotnet.Count(Notebook.Read(notebook), run.WorkingDirectory ?? Path.GetDirectoryName(notebook)!);
        }
        catch (NotebookRunException fault)
        {
            _problems.Add($"{notebook}: {fault.Message}");
        }
        return _dotnet.Variables(notebook);
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

    public void Dispose()
    {
        _dotnet.Dispose();
        Directory.Delete(_counts, recursive: true);
    }
}
