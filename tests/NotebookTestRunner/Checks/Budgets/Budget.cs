using System.Globalization;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Checks.Budgets;

/// <summary>How much time and memory something may take.</summary>
/// <param name="Seconds">The time, or null for any.</param>
/// <param name="Megabytes">The memory (of a million bytes), or null for any.</param>
internal sealed record Budget(double? Seconds, double? Megabytes)
{
    private const double Least = 0.001;

    public static Budget None { get; } = new(null, null);

    /// <summary>The budget of each cell and of the whole, as set for the notebook (<c>budget</c>).</summary>
    /// <exception cref="NotebookRunException">What is set is not understood.</exception>
    public static (Budget Cell, Budget Notebook) OfNotebook(NotebookSettings settings)
    {
        if (settings.Section("budget") is not { } section) return (None, None);
        SettingsKeys.CheckMembers(section, ["cell", "notebook"]);
        return (Read(section.Member("cell")), Read(section.Member("notebook")));
    }

    /// <summary>The budget that a cell sets for itself.</summary>
    /// <exception cref="NotebookRunException">What it sets is not understood.</exception>
    public static Budget OfCell(NotebookSettings settings, int cell) => Read(settings.Section(cell, "budget"));

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

    private static Budget Read(SettingsValue? section)
    {
        if (section is null) return None;
        SettingsKeys.CheckMembers(section, ["seconds", "megabytes"]);
        return new(section.Member("seconds")?.Number(Least), section.Member("megabytes")?.Number(Least));
    }
}
