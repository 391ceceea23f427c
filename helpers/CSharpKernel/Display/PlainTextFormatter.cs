using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CSharpKernel.Display.Foreign;
using Microsoft.AspNetCore.Html;

namespace CSharpKernel.Display;

/// <summary>Writes values as text for terminals, text exports and everybody who cannot see HTML.</summary>
internal sealed class PlainTextFormatter(DisplayFormatter formatter)
{
    private const int LineLimit = 100;
    private const int TextLimit = 10_000;

    // A bound on the whole, because twenty items at each of six depths would be millions.
    private const int PartLimit = 20_000;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep in another value it lies.</param>
    public string Write(object? value, int depth)
    {
        var parts = 0;
        return Write(value, depth, formatter.RecursionLimit, ref parts);
    }

    /// <summary>Writes the start of a value on one line.</summary>
    public string Summarize(object value, int limit)
    {
        var parts = PartLimit - limit;
        var text = Write(value, 1, 3, ref parts).ReplaceLineEndings(" ");
        var line = new StringBuilder();
        foreach (var letter in text)
            if (letter != ' ' || line.Length == 0 || line[^1] != ' ')
                line.Append(letter);
        return line.Length <= limit ? line.ToString() : line.ToString(0, limit - 1) + "…";
    }

    private string Write(object? value, int depth, int depthLimit, ref int parts)
    {
        if (formatter.TryRegistered(value, MimeTypes.Plain, depth) is { } registered)
            return registered;
        if (ScalarText.TryWrite(value, formatter.NullString) is { } text)
            return depth > 0 && value is string ? Quote(text) : text;
        if (ReferenceEquals(value, Table.Missing))
            return "";
        if (depth >= depthLimit || ++parts > PartLimit || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return "…";
        if (value is IHtmlContent html)
            return HtmlText.Strip(HtmlFormatter.WriteContent(html));
        if (SelfDescribing.TryRead(value!) is { } bundle && bundle.Data.TryGetValue(MimeTypes.Plain, out var plain))
            return plain as string ?? TypeNames.Of(value!.GetType());
        return WriteParts(value!, depth, depthLimit, ref parts);
    }

    private string WriteParts(object value, int depth, int depthLimit, ref int parts)
    {
        var limit = formatter.ListLimitOf(value.GetType());
        if (DataTables.IsSet(value.GetType()))
            return WriteSet(value, depth, depthLimit, ref parts);
        if (BytesText.TryRead(value) is { } bytes)
            return BytesText.Write(bytes.Span);
        if (Tables.IsTableType(value.GetType()) || value is Array { Rank: 2 })
            return WriteTable(Tables.TryRead(value, limit)!, depthLimit, ref parts);
        if (Entries.Has(value))
            return WriteDictionary((IEnumerable)value, limit, depth, depthLimit, ref parts);
        if (value is ITuple tuple)
        {
            var texts = new List<string>();
            for (var index = 0; index < tuple.Length; index++)
                texts.Add(Write(tuple[index], depth + 1, depthLimit, ref parts));
            return $"({string.Join(", ", texts)})";
        }

        return Sequences.TryRead(value) is { } sequence
            ? WriteSequence(sequence, limit, depth, depthLimit, ref parts)
            : WriteObject(value, depth, depthLimit, ref parts);
    }

    private string WriteSet(object set, int depth, int depthLimit, ref int parts)
    {
        var texts = new List<string>();
        foreach (var (name, table) in DataTables.ReadSet(set))
            texts.Add($"{name}\n{Write(table, depth, depthLimit, ref parts)}");
        return string.Join("\n\n", texts);
    }

    private string WriteSequence(IEnumerable sequence, int limit, int depth, int depthLimit, ref int parts)
    {
        var (items, more) = LimitedItems.Take(sequence, limit);
        if (depth == 0 && !items.Exists(item => item is not null && formatter.FindRegistered(item.GetType(), MimeTypes.Plain).Count > 0) && TableShape.TryRead(items, more) is { } table)
            return WriteTable(table, depthLimit, ref parts);
        var texts = new List<string>();
        foreach (var item in items)
            texts.Add(Write(item, depth + 1, depthLimit, ref parts));
        if (more is not null)
            texts.Add(more);
        return Wrap("[", texts, "]");
    }

    private string WriteTable(Table table, int depthLimit, ref int parts)
    {
        var rows = new List<IReadOnlyList<string>>();
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var cells = new List<string>();
            if (table.Heads is { } heads)
                cells.Add(heads[row]);
            foreach (var cell in table.Rows[row])
                // A column of words needs no quotes.
                cells.Add(cell as string ?? Write(cell, 2, depthLimit, ref parts));
            rows.Add(cells);
        }

        return TextTable.Write([.. table.Heads is null ? Array.Empty<string>() : [""], .. table.Columns], rows, table.More);
    }

    private string WriteDictionary(IEnumerable dictionary, int limit, int depth, int depthLimit, ref int parts)
    {
        var (entries, more) = LimitedItems.Take(dictionary, limit);
        var texts = new List<string>();
        foreach (var (key, value) in entries.Select(Entries.Read))
            texts.Add($"{Write(key, depth + 1, depthLimit, ref parts)}: {Write(value, depth + 1, depthLimit, ref parts)}");
        if (more is not null)
            texts.Add(more);
        return Wrap("{", texts, "}");
    }

    private string WriteObject(object value, int depth, int depthLimit, ref int parts)
    {
        var shape = ObjectShape.Of(value.GetType());
        if (shape.HasOwnText || shape.Members.Count == 0)
            return value.ToString() ?? "";
        var name = TypeNames.IsAnonymous(value.GetType()) ? "" : TypeNames.Of(value.GetType()) + " ";
        var texts = new List<string>();
        foreach (var member in shape.Members)
            texts.Add($"{member.Name} = {Write(member.Read(value), depth + 1, depthLimit, ref parts)}");
        return Wrap(name + "{", texts, "}");
    }

    private static string Quote(string text) => text.Length <= TextLimit ? $"\"{text}\""
        : string.Create(CultureInfo.InvariantCulture, $"\"{text.AsSpan(0, TextLimit)}… {text.Length - TextLimit} more characters\"");

    private static string Wrap(string open, List<string> parts, string close)
    {
        if (parts.Count == 0)
            return $"{open} {close}";
        var line = $"{open} {string.Join(", ", parts)} {close}";
        if (line.Length <= LineLimit && !line.Contains('\n', StringComparison.Ordinal))
            return line;
        var lines = new StringBuilder(open).Append('\n');
        foreach (var part in parts)
            lines.Append("  ").Append(part.Replace("\n", "\n  ", StringComparison.Ordinal)).Append(",\n");
        return lines.Remove(lines.Length - 2, 1).Append(close).ToString();
    }
}
