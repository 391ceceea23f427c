using System.Globalization;

namespace NotebookTestRunner.Settings;

/// <summary>
/// A value in the settings: a word or number, a list, or a map. It knows the place it was written at, so that whoever reads it
/// can refuse it with file and line.
/// </summary>
public sealed class SettingsValue
{
    private readonly string? scalar;
    private readonly IReadOnlyList<SettingsValue>? items;
    private readonly IReadOnlyDictionary<string, SettingsValue>? members;

    private SettingsValue(string name, string place, string? scalar, IReadOnlyList<SettingsValue>? items, IReadOnlyDictionary<string, SettingsValue>? members) =>
        (Name, Place, this.scalar, this.items, this.members) = (name, place, scalar, items, members);

    /// <summary>The keys that lead to the value, joined by dots, such as <c>links.allow</c>; empty for the whole.</summary>
    public string Name { get; }

    /// <summary>Where the value was written: file and line, or the notebook's metadata.</summary>
    public string Place { get; }

    /// <summary>Whether the value is a map.</summary>
    public bool IsMap => members is not null;

    /// <summary>The value as text.</summary>
    /// <exception cref="NotebookRunException">It is a list or a map.</exception>
    public string Text() => scalar ?? throw Refused("must be a single value");

    /// <summary>The value as a number.</summary>
    /// <param name="least">The smallest one allowed.</param>
    /// <param name="most">The largest one allowed.</param>
    /// <exception cref="NotebookRunException">It is none, or not in the range.</exception>
    public double Number(double least = double.MinValue, double most = double.MaxValue)
    {
        if (scalar is not null && double.TryParse(scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        throw Refused((least, most) switch
        {
            (double.MinValue, double.MaxValue) => "must be a number",
            (_, double.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"must be a number of at least {least}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"),
        });
    }

    /// <summary>The value as a switch: <c>on</c>, <c>true</c> or <c>yes</c>; <c>off</c>, <c>false</c> or <c>no</c>.</summary>
    /// <exception cref="NotebookRunException">It is neither.</exception>
    public bool Flag() => scalar?.ToLowerInvariant() switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw Refused("must be on or off"),
    };

    /// <summary>The items of a list; a single value counts as a list of one.</summary>
    /// <exception cref="NotebookRunException">It is a map.</exception>
    public IReadOnlyList<SettingsValue> Items() => items ?? (scalar is not null ? [this] : throw Refused("must be a list"));

    /// <summary>The members of a map by their keys, in the order written.</summary>
    /// <exception cref="NotebookRunException">It is no map.</exception>
    public IReadOnlyDictionary<string, SettingsValue> Members() => members ?? throw Refused("must be a map of keys and values");

    /// <summary>The member of a map under a key, or null.</summary>
    /// <exception cref="NotebookRunException">The value is no map.</exception>
    public SettingsValue? Member(string key) => Members().GetValueOrDefault(key);

    /// <summary>The error that refuses this value.</summary>
    /// <param name="why">What it must be, to follow the value's name: "must be a number".</param>
    public NotebookRunException Refused(string why) =>
        new($"{Place}: {(Name.Length == 0 ? "the settings" : $"\"{Name}\"")} {why}{(scalar is null ? "" : $", and \"{scalar}\" is none of that")}.");

    internal static SettingsValue OfScalar(string name, string place, string text) => new(name, place, text, null, null);

    internal static SettingsValue OfItems(string name, string place, IReadOnlyList<SettingsValue> items) => new(name, place, null, items, null);

    internal static SettingsValue OfMembers(string name, string place, IReadOnlyDictionary<string, SettingsValue> members) => new(name, place, null, null, members);

    internal SettingsValue At(string place) => new(Name, place, scalar, items, members);

    /// <summary>This value laid over one from farther away: of maps each key counts by itself, anything else replaces what it covers.</summary>
    internal SettingsValue Over(SettingsValue farther)
    {
        if (members is null || farther.members is null) return this;
        var merged = new Dictionary<string, SettingsValue>(farther.members);
        foreach (var (key, value) in members) merged[key] = merged.TryGetValue(key, out var covered) ? value.Over(covered) : value;
        return OfMembers(Name, Place, merged);
    }
}
