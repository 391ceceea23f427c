using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>Notebooks of known cells to take the time of.</summary>
internal static class TimedNotebook
{
    /// <summary>A hundred cells that do almost nothing: what they take is the way there and back.</summary>
    public static IReadOnlyList<(string Code, string Prints)> ManyCells { get; } = [.. Enumerable.Range(0, 100).Select(i => ($"print({i})", $"{i}\n"))];

    /// <summary>A small lesson: ten cells, half of which compute for a tenth of a second.</summary>
    public static IReadOnlyList<(string Code, string Prints)> Lesson { get; } =
    [
        .. Enumerable.Range(0, 10).Select(i => i % 2 == 0
            ? ($"import time\nend = time.perf_counter() + 0.1\nwhile time.perf_counter() < end: pass\nprint('step', {i})", $"step {i}\n")
            : ($"print([j * j for j in range({i})])", $"[{string.Join(", ", Enumerable.Range(0, i).Select(j => j * j))}]\n")),
    ];

    /// <summary>Writes a Python notebook with the outputs its cells have.</summary>
    /// <param name="folder">Its folder, which is made.</param>
    /// <param name="name">Its name without ending.</param>
    /// <param name="cells">Its cells, and what each prints.</param>
    /// <returns>Its path.</returns>
    public static string Write(string folder, string name, IReadOnlyList<(string Code, string Prints)> cells)
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((cell, i) => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = i + 1,
                ["id"] = $"cell-{i + 1}",
                ["metadata"] = new JsonObject(),
                ["outputs"] = new JsonArray(new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = cell.Prints }),
                ["source"] = cell.Code,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = "Python 3", ["language"] = "python", ["name"] = "python3" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name + ".ipynb");
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }
}
