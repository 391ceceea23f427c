using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Staleness;

/// <summary>
/// Remembers in a notebook's metadata (<c>notebook_test.code</c>) from which code its outputs came: for each code cell a hash of its own text and one
/// of all code down to it. Trailing blanks and line ends do not count.
/// </summary>
internal static class CodeHash
{
    private const string Section = "notebook_test";
    private const string Key = "code";

    /// <summary>What is remembered of each cell: its own hash and that of all code down to it, by the cell's id; null when nothing is.</summary>
    public static IReadOnlyDictionary<string, (string Own, string Down)>? Read(Notebook notebook)
    {
        if (notebook.Metadata[Section] is not JsonObject section || section[Key] is not JsonObject stored) return null;
        return stored.Select(entry => (Id: entry.Key, Hashes: (MultilineText.TryJoin(entry.Value) ?? "").Split(' ')))
            .Where(entry => entry.Hashes.Length == 2)
            .ToDictionary(entry => entry.Id, entry => (entry.Hashes[0], entry.Hashes[1]));
    }

    /// <summary>The hashes of the notebook as it is, in the order of its cells.</summary>
    public static IReadOnlyList<(NotebookCell Cell, string Id, string Own, string Down)> Of(Notebook notebook)
    {
        var hashes = new List<(NotebookCell, string, string, string)>();
        var down = "";
        foreach (var cell in notebook.CodeCells)
        {
            var text = string.Join('\n', cell.Source.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
            var own = Hash(text);
            down = Hash($"{down} {own}");
            hashes.Add((cell, cell.Id ?? FormattableString.Invariant($"cell-{cell.Number}"), own, down));
        }
        return hashes;
    }

    /// <summary>Whether what is remembered is the notebook as it is.</summary>
    public static bool Holds(Notebook notebook) =>
        Read(notebook) is { } stored && Of(notebook).All(cell => stored.TryGetValue(cell.Id, out var hashes) && hashes == (cell.Own, cell.Down));

    /// <summary>Remembers the notebook's code as that of its outputs.</summary>
    /// <returns>Whether that changed anything.</returns>
    public static bool Store(Notebook notebook)
    {
        var stored = new JsonObject(Of(notebook).OrderBy(cell => cell.Id, StringComparer.Ordinal).Select(cell => KeyValuePair.Create(cell.Id, (JsonNode?)$"{cell.Own} {cell.Down}")));
        return notebook.SetMetadata(Section, Key, stored);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
