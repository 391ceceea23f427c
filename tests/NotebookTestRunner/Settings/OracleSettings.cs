using System.Text.RegularExpressions;
using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Settings;

/// <summary>What the settings say about the comparison of outputs and about time.</summary>
internal sealed partial record OracleSettings
{
    /// <summary>The mode, or null.</summary>
    public ComparisonMode? Mode { get; private init; }

    /// <summary>How far numbers may be apart, or null.</summary>
    public NumberTolerance? Tolerance { get; private init; }

    /// <summary>How alike pictures must be, 0 to 1, or null.</summary>
    public double? Similarity { get; private init; }

    /// <summary>How long a cell may run, or null.</summary>
    public TimeSpan? Timeout { get; private init; }

    /// <summary>Normalizers of the author's own.</summary>
    public IReadOnlyList<Normalizer> Defined { get; private init; } = [];

    /// <summary>Which normalizers are turned on or off, by their names.</summary>
    public IReadOnlyDictionary<string, bool> Switches { get; private init; } = new Dictionary<string, bool>();

    public static OracleSettings Read(SettingsValue values)
    {
        var normalizers = values.Member("normalizers")?.Members() ?? new Dictionary<string, SettingsValue>();
        return new OracleSettings
        {
            Mode = values.Member("mode") is { } mode ? ReadMode(mode) : null,
            Tolerance = values.Member("tolerance") is { } tolerance ? ReadTolerance(tolerance) : null,
            Similarity = values.Member("similarity")?.Number(0, 1),
            Timeout = values.Member("timeout") is { } timeout ? TimeSpan.FromSeconds(timeout.Number(1e-3, 1e6)) : null,
            Defined = [.. normalizers.Where(entry => entry.Value.IsMap).Select(entry => Define(entry.Key, entry.Value))],
            Switches = normalizers.ToDictionary(entry => entry.Key, entry => entry.Value.IsMap ? entry.Value.Member("enabled")?.Flag() ?? true : Switch(entry.Key, entry.Value)),
        };
    }

    private static ComparisonMode ReadMode(SettingsValue value) => value.Text() switch
    {
        "strict" => ComparisonMode.Strict,
        "normal" => ComparisonMode.Normal,
        "lax" => ComparisonMode.Lax,
        _ => throw value.Refused("must be strict, normal or lax"),
    };

    private static NumberTolerance ReadTolerance(SettingsValue value) => value.IsMap
        ? new(value.Member("relative")?.Number(0, 1) ?? 0, value.Member("absolute")?.Number(0) ?? 0)
        : new(value.Number(0, 1));

    private static bool Switch(string name, SettingsValue value) =>
        Normalizer.BuiltIn.Any(normalizer => normalizer.Name == name)
            ? value.Flag()
            : throw SettingsKeys.Unknown(name, value, Normalizer.BuiltIn.Select(normalizer => normalizer.Name).Distinct());

    private static Normalizer Define(string name, SettingsValue value)
    {
        if (!Name().IsMatch(name)) throw value.Refused("must have a name of lower-case letters, digits and hyphens");
        if (Normalizer.BuiltIn.Any(normalizer => normalizer.Name == name))
            throw value.Refused("is the name of a normalizer that comes with the runner: turn that one off, and give yours another name");
        SettingsKeys.CheckMembers(value, ["pattern", "replace", "ignore-case", "enabled"]);
        var pattern = value.Member("pattern") ?? throw value.Refused("needs a \"pattern\", a regular expression (or \"on\" or \"off\" for one that comes with the runner)");
        var ignoreCase = value.Member("ignore-case")?.Flag() ?? false;
        try
        {
            return Normalizer.Create(name, pattern.Text(), value.Member("replace")?.Text() ?? $"<{name}>", ignoreCase, pattern.Place);
        }
        catch (ArgumentException error)
        {
            throw new NotebookRunException($"{pattern.Place}: the pattern of the normalizer \"{name}\" is no regular expression: {error.Message}", error);
        }
    }

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex Name();
}
