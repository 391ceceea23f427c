using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Series;

/// <summary>A notebook in a series.</summary>
/// <param name="index">Its place.</param>
/// <param name="path">Its full path.</param>
/// <param name="optionsFor">Prepares its run.</param>
internal sealed class SeriesEntry(int index, string path, Func<string, RunOptions> optionsFor)
{
    private readonly Lazy<RunOptions> options = new(() => optionsFor(path));
    private readonly Lazy<(Notebook? Notebook, HashSet<string> Locks)> file = new(() => Read(path));

    public int Index => index;

    public string Path => path;

    /// <summary>The notebook as it is now; null when it cannot be read, which running it will say.</summary>
    public Notebook? Notebook => file.Value.Notebook;

    /// <summary>The names of what it must not share with another notebook while it runs.</summary>
    public HashSet<string> Locks => file.Value.Locks;

    /// <summary>How it is run; prepared once.</summary>
    public RunOptions Options() => options.Value;

    private static (Notebook? Notebook, HashSet<string> Locks) Read(string path)
    {
        try
        {
            var notebook = Notebook.Read(path);
            return (notebook, LocksOf(notebook));
        }
        catch (Exception error) when (error is NotebookRunException or JsonException)
        {
            return (null, []);
        }
    }

    private static HashSet<string> LocksOf(Notebook notebook) => (notebook.Metadata["notebook-test"] as JsonObject)?["lock"] switch
    {
        JsonValue name when name.TryGetValue<string>(out var text) => [text],
        JsonArray names => [.. names.Select(MultilineText.TryJoin).OfType<string>()],
        _ => [],
    };
}
