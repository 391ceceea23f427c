using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Web;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The attributes of an HTML element, in the order in which they were set.</summary>
public class HtmlAttributes : IDictionary<string, object?>, IHtmlContent
{
    private readonly OrderedDictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public ICollection<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public ICollection<object?> Values => _values.Values;

    /// <inheritdoc/>
    public object? this[string key]
    {
        get => _values[key];
        set => _values[key] = value;
    }

    /// <summary>Adds a class in front of those that are there.</summary>
    /// <param name="value">The class.</param>
    public void AddCssClass(string value) =>
        _values["class"] = _values.TryGetValue("class", out var present) && present is not null ? $"{value} {present}" : value;

    /// <summary>Takes a class away.</summary>
    /// <param name="value">The class.</param>
    public void RemoveCssClass(string value)
    {
        if (_values.TryGetValue("class", out var present) && present is not null)
            _values["class"] = string.Join(' ', $"{present}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(each => each != value));
    }

    /// <summary>Adds other attributes.</summary>
    /// <param name="htmlAttributes">The attributes.</param>
    /// <param name="replace">Whether they take the place of those of the same name; classes are joined always.</param>
    public void MergeWith(IDictionary<string, object?> htmlAttributes, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(htmlAttributes);
        foreach (var (name, value) in htmlAttributes)
            if (name == "class" && !replace)
                AddCssClass($"{value}");
            else if (replace || !_values.ContainsKey(name))
                _values[name] = value;
    }

    /// <inheritdoc/>
    public void Add(string key, object? value) => _values.Add(key, value);

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, object?> item) => _values.Add(item.Key, item.Value);

    /// <inheritdoc/>
    public void Clear() => _values.Clear();

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, object?> item) => ((ICollection<KeyValuePair<string, object?>>)_values).Contains(item);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, object?>>)_values).CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public bool Remove(string key) => _values.Remove(key);

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, object?> item) => ((ICollection<KeyValuePair<string, object?>>)_values).Remove(item);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', _values.Select(Describe));

    private static string Describe(KeyValuePair<string, object?> attribute) => attribute.Value switch
    {
        null => attribute.Key,
        IHtmlContent content => $"{attribute.Key}=\"{HttpUtility.HtmlAttributeEncode(content.ToString())}\"",
        var value => $"{attribute.Key}=\"{HttpUtility.HtmlAttributeEncode(Convert.ToString(value, CultureInfo.InvariantCulture))}\"",
    };
}
