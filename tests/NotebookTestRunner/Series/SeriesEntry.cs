using System.Text.Json;
using NotebookTestRunner.Caching;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Series;

/// <summary>A notebook in a series.</summary>
/// <param name="index">Its place.</param>
/// <param name="path">Its full path.</param>
/// <param name="optionsFor">Prepares its run.</param>
/// <param name="cache">Remembers whether it passed; null for none.</param>
internal sealed class SeriesEntry(int index, string path, Func<string, RunOptions> optionsFor, ResultCache? cache)
{
    private readonly Lazy<RunOptions> options = new(() => optionsFor(path));
    private readonly Lock gate = new();
    private CacheLookup? lookup;
    private bool isLookedUp;
    private readonly Lazy<(Notebook Notebook, NotebookSettings Settings)?> file = new(() => Read(path));

    public int Index => index;

    public string Path => path;

    /// <summary>The notebook as it is now, and what is set for it; null when it cannot be read, which running it will say.</summary>
    public (Notebook Notebook, NotebookSettings Settings)? File => file.Value;

    /// <summary>The names of what it must not share with another notebook while it runs.</summary>
    public IReadOnlySet<string> Locks => File?.Settings.Locks ?? NotebookSettings.None.Locks;

    /// <summary>How it is run; prepared once.</summary>
    public RunOptions Options() => options.Value;

    /// <summary>What the cache knows of it; looked up once. Null when it is not asked.</summary>
    public CacheLookup? Lookup(RunOptions run)
    {
        lock (gate)
        {
            if (!isLookedUp && cache is not null && File is { } read) lookup = cache.Look(path, read.Notebook, read.Settings, run);
            isLookedUp = true;
            return lookup;
        }
    }

    private static (Notebook Notebook, NotebookSettings Settings)? Read(string path)
    {
        try
        {
            var notebook = Notebook.Read(path);
            return (notebook, NotebookSettings.Read(path, notebook));
        }
        catch (Exception error) when (error is NotebookRunException or JsonException)
        {
            return null;
        }
    }
}
