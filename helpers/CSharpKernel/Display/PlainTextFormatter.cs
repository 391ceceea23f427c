using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace CSharpKernel.Display;

/// <summary>Writes values as text for terminals, text exports and everybody who cannot see HTML.</summary>
internal sealed class PlainTextFormatter(DisplayFormatter formatter)
{
    private const int LineLimit = 100;

    /// <summary>Writes a value.</summary>
    public string Write(object? value) => Write(value, 0);

    private string Write(object? value, int depth)
    {
        if (value is not null && formatter.FindRegistered(value, MimeTypes.Plain) is { } registered)
            return registered(value);
        if (ScalarText.TryWrite(value) is { } text)
            return depth > 0 && value is string ? $"\"{text}\"" : text;
        if (depth >= formatter.RecursionLimit)
            return "…";
        if (depth > 0 && SelfDescribing.TryRead(value!) is { } bundle && bundle.Data.TryGetValue(MimeTypes.Plain, out var plain))
            return plain as string ?? TypeNames.Of(value!.GetType());
        return value switch
        {
            IEnumerable dictionary when Entries.Has(dictionary) => WriteDictionary(dictionary, depth),
            ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(index => Write(tuple[index], depth + 1)))})",
            IEnumerable sequence when !ObjectShape.Of(value.GetType()).HasOwnText => WriteSequence(sequence, depth),
            _ => WriteObject(value!, depth),
        };
    }

    private string WriteSequence(IEnumerable sequence, int depth)
    {
        var (items, more) = LimitedItems.Take(sequence, formatter.ListExpansionLimit);
        if (depth == 0 && TableShape.TryCreate(items) is { } table)
            return TextTable.Write(table.Columns, [.. items.Select(item => (IReadOnlyList<string>)[.. table.Read(item).Select(cell => Write(cell, 2))])], more);
        var texts = items.ConvertAll(item => Write(item, depth + 1));
        if (more is not null)
            texts.Add(more);
        return Wrap("[", texts, "]");
    }

    private string WriteDictionary(IEnumerable dictionary, int depth)
    {
        var (entries, more) = LimitedItems.Take(dictionary, formatter.ListExpansionLimit);
        var texts = entries.Select(Entries.Read).Select(entry => $"{Write(entry.Key, depth + 1)}: {Write(entry.Value, depth + 1)}").ToList();
        if (more is not null)
            texts.Add(more);
        return Wrap("{", texts, "}");
    }

    private string WriteObject(object value, int depth)
    {
        var shape = ObjectShape.Of(value.GetType());
        if (shape.HasOwnText || shape.Members.Count == 0)
            return value.ToString() ?? "";
        var name = TypeNames.IsAnonymous(value.GetType()) ? "" : TypeNames.Of(value.GetType()) + " ";
        return Wrap(name + "{", [.. shape.Members.Select(member => $"{member.Name} = {Write(member.Read(value), depth + 1)}")], "}");
    }

    private static string Wrap(string open, List<string> parts, string close)
    {
        if (parts.Count == 0)
            return $"{open} {close}";
        var line = string.Create(CultureInfo.InvariantCulture, $"{open} {string.Join(", ", parts)} {close}");
        if (line.Length <= LineLimit && !line.Contains('\n', StringComparison.Ordinal))
            return line;
        var lines = new StringBuilder(open).Append('\n');
        foreach (var part in parts)
            lines.Append("  ").Append(part.Replace("\n", "\n  ", StringComparison.Ordinal)).Append(",\n");
        return lines.Remove(lines.Length - 2, 1).Append(close).ToString();
    }
}
