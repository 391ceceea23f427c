using System.Collections;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace CSharpKernel.Display;

/// <summary>
/// Writes values with parts as HTML: a table for rows of one kind, a list of members for an object, and folds for what
/// lies inside. The elements bring no styles of their own: front ends style tables and folds already.
/// </summary>
internal sealed class HtmlFormatter(DisplayFormatter formatter)
{
    // A bound on the whole, because twenty items at each of six depths would be millions.
    private const int SizeLimit = 200_000;

    /// <summary>Writes a value that gains by HTML.</summary>
    /// <returns>Null for single values, for which plain text is all there is.</returns>
    public string? TryWrite(object? value) =>
        ScalarText.Is(value) || (value is not IEnumerable and not ITuple && ObjectShape.Of(value!.GetType()).Members.Count == 0) || (value is IEnumerable && !Entries.Has(value) && IsShortList(value))
            ? null
            : Write(value);

    /// <summary>Writes any value.</summary>
    public string Write(object? value)
    {
        var html = new StringBuilder();
        Write(html, value, 0);
        return html.ToString();
    }

    private bool IsShortList(object value)
    {
        if (ObjectShape.Of(value.GetType()).HasOwnText)
            return true;
        return LimitedItems.Take((IEnumerable)value, formatter.ListExpansionLimit).Items.TrueForAll(ScalarText.Is);
    }

    private void Write(StringBuilder html, object? value, int depth)
    {
        if (value is not null && formatter.FindRegistered(value, MimeTypes.Html) is { } registered)
            html.Append(registered(value));
        else if (ScalarText.TryWrite(value) is { } text)
            WriteScalar(html, text, depth);
        else if (depth >= formatter.RecursionLimit || html.Length > SizeLimit)
            html.Append('…');
        else if (SelfDescribing.TryRead(value!) is { } bundle)
            html.Append(bundle.Data.TryGetValue(MimeTypes.Html, out var own) ? own : WebUtility.HtmlEncode(bundle.Data[MimeTypes.Plain] as string));
        else if (Entries.Has(value))
            WriteDictionary(html, (IEnumerable)value!, depth);
        else if (value is ITuple tuple)
            WriteMembers(html, Enumerable.Range(1, tuple.Length).Select(index => ($"Item{index}", tuple[index - 1])), depth);
        else if (value is IEnumerable sequence && !ObjectShape.Of(value.GetType()).HasOwnText)
            WriteSequence(html, sequence, depth);
        else
            WriteObject(html, value!, depth);
    }

    private static void WriteScalar(StringBuilder html, string text, int depth)
    {
        if (depth == 0 || text.Contains('\n', StringComparison.Ordinal))
            html.Append("<pre>").Append(WebUtility.HtmlEncode(text)).Append("</pre>");
        else
            html.Append(WebUtility.HtmlEncode(text));
    }

    private void WriteObject(StringBuilder html, object value, int depth)
    {
        var shape = ObjectShape.Of(value.GetType());
        if (shape.Members.Count == 0)
        {
            WriteScalar(html, value.ToString() ?? "", depth);
            return;
        }

        html.Append(depth == 0 ? "<details open=\"open\"><summary><code>" : "<details><summary><code>");
        html.Append(WebUtility.HtmlEncode(shape.HasOwnText ? value.ToString() : TypeNames.Of(value.GetType()))).Append("</code></summary>");
        WriteMembers(html, shape.Members.Select(member => (member.Name, member.Read(value))), depth);
        html.Append("</details>");
    }

    private void WriteMembers(StringBuilder html, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        html.Append("<table><tbody>");
        foreach (var (name, value) in members)
        {
            html.Append("<tr><th>").Append(WebUtility.HtmlEncode(name)).Append("</th><td>");
            Write(html, value, depth + 1);
            html.Append("</td></tr>");
        }

        html.Append("</tbody></table>");
    }

    private void WriteDictionary(StringBuilder html, IEnumerable dictionary, int depth)
    {
        var (entries, more) = LimitedItems.Take(dictionary, formatter.ListExpansionLimit);
        WriteRows(html, ["key", "value"], entries.Select(Entries.Read).Select(entry => (IEnumerable<object?>)[entry.Key, entry.Value]), more, depth);
    }

    private void WriteSequence(StringBuilder html, IEnumerable sequence, int depth)
    {
        var (items, more) = LimitedItems.Take(sequence, formatter.ListExpansionLimit);
        if (TableShape.TryCreate(items) is { } table)
            WriteRows(html, table.Columns, items.Select(table.Read), more, depth);
        else if (items.TrueForAll(ScalarText.Is))
            WriteScalar(html, $"[ {string.Join(", ", items.Select(ScalarText.TryWrite).Concat(more is null ? [] : [more]))} ]", depth);
        else
            WriteRows(html, ["index", "value"], items.Select((item, index) => (IEnumerable<object?>)[index, item]), more, depth);
    }

    private void WriteRows(StringBuilder html, IReadOnlyList<string> columns, IEnumerable<IEnumerable<object?>> rows, string? more, int depth)
    {
        html.Append("<table><thead><tr>");
        foreach (var column in columns)
            html.Append("<th>").Append(WebUtility.HtmlEncode(column)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
            {
                html.Append("<td>");
                Write(html, cell, depth + 1);
                html.Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        if (more is not null)
            html.Append("<p>").Append(WebUtility.HtmlEncode(more)).Append("</p>");
    }
}
