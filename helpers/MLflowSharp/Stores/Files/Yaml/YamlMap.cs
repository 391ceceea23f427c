namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>
/// The content of a <c>meta.yaml</c>, keys sorted as PyYAML sorts them. A value is null, a <see cref="string"/>, a <see cref="long"/>,
/// a <see cref="YamlPlain"/>, a list of values or another map.
/// </summary>
internal sealed class YamlMap() : SortedDictionary<string, object?>(StringComparer.Ordinal)
{
    /// <summary>A text; numbers count as the text they were written as, because old versions wrote identifiers as numbers.</summary>
    public string? Text(string key) => this.GetValueOrDefault(key) switch
    {
        null or YamlMap or List<object?> => null,
        long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        var value => value.ToString(),
    };

    /// <summary>A whole number, or null when there is none.</summary>
    public long? Number(string key) => this.GetValueOrDefault(key) switch
    {
        long number => number,
        YamlPlain plain when double.TryParse(plain.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) => (long)value,
        string text when long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    /// <summary>A map of texts; empty when there is none.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts(string key) =>
        this.GetValueOrDefault(key) is YamlMap map ? map.Keys.Select(name => KeyValuePair.Create(name, map.Text(name) ?? "")) : [];
}
