using System.Collections;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using CSharpKernel.Display.Foreign;
using Microsoft.AspNetCore.Html;

namespace CSharpKernel.Display;

/// <summary>One value on its way to HTML.</summary>
internal sealed class HtmlWriting(DisplayFormatter formatter, StringBuilder html)
{
    // A bound on the whole, because twenty items at each of six depths would be millions.
    private const int SizeLimit = 200_000;
    private const int TextLimit = 10_000;
    private const int SummaryLimit = 100;

    /// <summary>Writes a value.</summary>
    public void Write(object? value, int depth)
    {
        if (formatter.TryRegistered(value, MimeTypes.Html, depth) is { } registered)
            html.Append(registered);
        else if (formatter.TryRegistered(value, MimeTypes.Plain, depth) is { } text)
            WriteText(text, depth);
        else if (ScalarText.Is(value))
            WriteScalar(value, depth);
        else if (ReferenceEquals(value, Table.Missing))
            return;
        else if (value is IHtmlContent content)
            html.Append(HtmlFormatter.WriteContent(content));
        else if (depth > formatter.RecursionLimit || html.Length > SizeLimit || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            html.Append('…');
        else
            WriteParts(value!, depth);
    }

    private void WriteParts(object value, int depth)
    {
        if (SelfDescribing.TryRead(value) is { } bundle)
            WriteBundle(bundle, depth);
        else if (DataTables.IsSet(value.GetType()))
            WriteSet(value, depth);
        else if (BytesText.TryRead(value) is { } bytes)
            html.Append("<pre class=\"dni-binary\">").Append(WebUtility.HtmlEncode(BytesText.Write(bytes.Span))).Append("</pre>");
        else if (Tables.IsTableType(value.GetType()) || value is Array { Rank: 2 } || Entries.Has(value))
            WriteTable(Tables.TryRead(value, LimitOf(value))!, depth);
        else if (value is ITuple tuple)
            WriteFold(value, Enumerable.Range(0, tuple.Length).Select(index => (string.Create(CultureInfo.InvariantCulture, $"Item{index + 1}"), tuple[index])), depth);
        else if (Sequences.TryRead(value) is { } sequence)
            WriteSequence(sequence, LimitOf(value), depth);
        else if (ObjectShape.Of(value.GetType()).Members is { Count: > 0 } members)
            WriteFold(value, members.Select(member => (member.Name, member.Read(value))), depth);
        else
            WriteText(value.ToString() ?? "", depth);
    }

    private int LimitOf(object value) => formatter.ListLimitOf(value.GetType());

    private void WriteScalar(object? value, int depth)
    {
        if (depth == 0)
            html.Append(ScalarHtml.Write(value, formatter.NullString));
        else if (value is string { Length: > TextLimit } text)
            WriteText(string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, TextLimit)}… {text.Length - TextLimit} more characters"), depth);
        else
            html.Append(ScalarHtml.WriteInside(value, formatter.NullString));
    }

    private void WriteText(string text, int depth) => html.Append(depth == 0 ? HtmlFormatter.Preformatted(text) : ScalarHtml.WriteInside(text, ""));

    private void WriteBundle(DisplayBundle bundle, int depth)
    {
        foreach (var (mimeType, content) in bundle.Data)
            if (mimeType is MimeTypes.Png or MimeTypes.Jpeg or "image/gif")
            {
                html.Append("<img src=\"data:").Append(mimeType).Append(";base64,").Append(MimeContent.ToText(content)).Append("\" />");
                return;
            }

        if ((bundle.Data.GetValueOrDefault(MimeTypes.Html) ?? bundle.Data.GetValueOrDefault("image/svg+xml")) is { } own)
            html.Append(MimeContent.ToText(own));
        else
            WriteText(MimeContent.ToText(bundle.Data[MimeTypes.Plain]), depth);
    }

    private void WriteSet(object set, int depth)
    {
        foreach (var (name, table) in DataTables.ReadSet(set))
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(name)).Append("</p>");
            WriteTable(DataTables.Read(table, LimitOf(table)), depth);
        }
    }

    private void WriteFold(object value, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        var summary = formatter.Summarize(value, SummaryLimit);
        html.Append(depth == 0 ? "<details open=\"open\" class=\"dni-treeview\">" : "<details class=\"dni-treeview\">")
            .Append("<summary><span class=\"dni-code-hint\"><code>").Append(WebUtility.HtmlEncode(summary)).Append("</code></span></summary><table><tbody>");
        foreach (var (name, member) in members)
        {
            html.Append("<tr><td>").Append(WebUtility.HtmlEncode(name)).Append("</td><td>");
            Write(member, depth + 1);
            html.Append("</td></tr>");
        }

        html.Append("</tbody></table></details>");
    }

    private void WriteSequence(IEnumerable sequence, int limit, int depth)
    {
        var (items, more) = LimitedItems.Take(sequence, limit);
        if (items.TrueForAll(ScalarText.Is) && !items.Exists(item => formatter.TryRegistered(item, MimeTypes.Html, depth + 1) is not null))
            WriteText($"[ {string.Concat(items.Select(item => ScalarText.TryWrite(item, formatter.NullString) + ", "))}{more}".TrimEnd(' ', ',') + " ]", depth);
        else if (!items.Exists(IsRegistered) && TableShape.TryRead(items, more) is { } table)
            WriteTable(table, depth);
        else if (items.Where(item => item is not null).Select(item => item!.GetType()).Distinct().Skip(1).Any())
            WriteTable(new Table(["index", "type", "value"], [.. items.Select((item, index) => (IReadOnlyList<object?>)[index, item?.GetType(), item])], more), depth);
        else
            WriteTable(new Table(["index", "value"], [.. items.Select((item, index) => (IReadOnlyList<object?>)[index, item])], more), depth);
    }

    // Who says how an object is shown does not want it taken apart into columns.
    private bool IsRegistered(object? item) =>
        item is not null && (formatter.FindRegistered(item.GetType(), MimeTypes.Html).Count > 0 || formatter.FindRegistered(item.GetType(), MimeTypes.Plain).Count > 0);

    private void WriteTable(Table table, int depth)
    {
        html.Append("<table><thead><tr>");
        if (table.Heads is not null)
            html.Append("<th></th>");
        foreach (var column in table.Columns)
            html.Append("<th>").Append(WebUtility.HtmlEncode(column)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            html.Append("<tr>");
            if (table.Heads is { } heads)
                html.Append("<th>").Append(WebUtility.HtmlEncode(heads[row])).Append("</th>");
            foreach (var cell in table.Rows[row])
            {
                html.Append("<td>");
                Write(cell, depth + 1);
                html.Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        if (table.More is { } more)
            html.Append("<p>").Append(WebUtility.HtmlEncode(more)).Append("</p>");
    }
}
