using System.Globalization;
using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Budgets;

/// <summary>How much time and memory something may take.</summary>
/// <param name="Seconds">The time, or null for any.</param>
/// <param name="Megabytes">The memory (of a million bytes), or null for any.</param>
internal sealed record Budget(double? Seconds, double? Megabytes)
{
    public static Budget None { get; } = new(null, null);

    /// <summary>The budget of each cell and of the whole, from the notebook's metadata.</summary>
    /// <exception cref="NotebookRunException">What is written there is not understood.</exception>
    public static (Budget Cell, Budget Notebook) OfNotebook(Notebook notebook)
    {
        if (Section(notebook.Metadata, "the notebook") is not { } section) return (None, None);
        CheckKeys(section, "the notebook", "cell", "notebook");
        return (Read(section["cell"], "the notebook's budget.cell"), Read(section["notebook"], "the notebook's budget.notebook"));
    }

    /// <summary>The budget of one cell, from its metadata.</summary>
    /// <exception cref="NotebookRunException">What is written there is not understood.</exception>
    public static Budget OfCell(NotebookCell cell)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"cell {cell.Number}");
        return Section(cell.Metadata, where) is { } section ? Read(section, where) : None;
    }

    /// <summary>This budget, with what it leaves open from another.</summary>
    public Budget Over(Budget other) => new(Seconds ?? other.Seconds, Megabytes ?? other.Megabytes);

    /// <summary>What went beyond it, in sentences with figures.</summary>
    public IEnumerable<string> Excesses(TimeSpan duration, long? memory)
    {
        if (Seconds is { } seconds && duration.TotalSeconds > seconds)
            yield return string.Create(CultureInfo.InvariantCulture, $"Took {duration.TotalSeconds:0.00} s, and its budget is {seconds:0.##} s: make it quicker, or raise the budget.");
        if (Megabytes is { } megabytes && memory > megabytes * 1e6)
            yield return string.Create(CultureInfo.InvariantCulture, $"Held {memory / 1e6:0} MB of memory, and its budget is {megabytes:0.##} MB: let it hold less, or raise the budget.");
    }

    private static JsonObject? Section(JsonObject metadata, string where) => (metadata["notebook-test"] as JsonObject)?["budget"] switch
    {
        null => null,
        JsonObject section => section,
        _ => throw new NotebookRunException($"The budget of {where} must be a map, such as {{\"seconds\": 2, \"megabytes\": 500}}."),
    };

    private static Budget Read(JsonNode? node, string where)
    {
        if (node is null) return None;
        if (node is not JsonObject section) throw new NotebookRunException($"The budget of {where} must be a map, such as {{\"seconds\": 2, \"megabytes\": 500}}.");
        CheckKeys(section, where, "seconds", "megabytes");
        return new(Number(section, "seconds", where), Number(section, "megabytes", where));
    }

    private static double? Number(JsonObject section, string key, string where) => section[key] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<double>(out var number) && number > 0 && double.IsFinite(number) => number,
        var other => throw new NotebookRunException($"The budget of {where} says \"{key}\": {other.ToJsonString()}, and must be a number above 0."),
    };

    private static void CheckKeys(JsonObject section, string where, params string[] known)
    {
        if (section.FirstOrDefault(member => !known.Contains(member.Key)).Key is { } unknown)
            throw new NotebookRunException($"The budget of {where} has no \"{unknown}\": there are {string.Join(" and ", known)}.");
    }
}
