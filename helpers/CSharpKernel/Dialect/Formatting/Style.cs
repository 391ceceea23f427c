using System.Collections;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A style sheet written as C#: <c>new Style { { "table td", ("color", "red") } }</c>.</summary>
public class Style() : PocketView("style"), IEnumerable<string>
{
    private readonly List<(string Selector, (string Name, string Value)[] Properties)> _rules = [];

    /// <summary>Adds a rule.</summary>
    /// <param name="selector">What it is for.</param>
    /// <param name="properties">Names and values.</param>
    public void Add(string selector, params (string Name, string Value)[] properties)
    {
        _rules.Add((selector, properties));
        HtmlTag.Content = context =>
        {
            foreach (var (each, values) in _rules)
                context.Writer.Write($"\n{each} {{\n{string.Concat(values.Select(value => $"  {value.Name}: {value.Value};\n"))}}}\n");
        };
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _rules.Select(rule => rule.Selector).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
