using System.Text;

namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Reads tables in CSV: names in the first line, fields in quotation marks where they hold commas, line ends or quotation marks (RFC 4180).</summary>
internal static class CsvReader
{
    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>Reads a table.</summary>
    public static void Read(ReadOnlySpan<byte> csv, FrameTarget target)
    {
        var text = Decode(csv);
        var (position, line) = (0, 1);
        var fields = new List<string>();
        if (!ReadLine(text, ref position, ref line, fields))
            throw Invalid("the first line must name the columns, and there is none");
        foreach (var name in fields)
            target.AddColumn(name);
        for (var first = line; ReadLine(text, ref position, ref line, fields); first = line)
        {
            if (fields is [""])
                continue;
            if (fields.Count != target.ColumnCount)
                throw Invalid(FormattableString.Invariant($"line {first} has {fields.Count} fields where there are {target.ColumnCount} columns"));
            for (var column = 0; column < fields.Count; column++)
                target.AddField(fields[column], column);
            target.EndRow();
        }
    }

    private static string Decode(ReadOnlySpan<byte> csv)
    {
        try
        {
            return Strict.GetString(csv.StartsWith("\uFEFF"u8) ? csv[3..] : csv);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("it is not valid UTF-8");
        }
    }

    private static bool ReadLine(string text, ref int position, ref int line, List<string> fields)
    {
        fields.Clear();
        if (position >= text.Length)
            return false;
        while (true)
        {
            fields.Add(position < text.Length && text[position] == '"' ? ReadQuoted(text, ref position, ref line) : ReadPlain(text, ref position));
            if (position >= text.Length)
                return true;
            if (text[position++] == ',')
                continue;
            if (text[position - 1] == '\r' && position < text.Length && text[position] == '\n')
                position++;
            line++;
            return true;
        }
    }

    private static string ReadPlain(string text, ref int position)
    {
        var length = text.AsSpan(position).IndexOfAny(',', '\r', '\n');
        var field = length < 0 ? text[position..] : text.Substring(position, length);
        position += field.Length;
        return field;
    }

    private static string ReadQuoted(string text, ref int position, ref int line)
    {
        var field = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] == '\n')
                line++;
            if (text[position] != '"')
            {
                field.Append(text[position]);
                continue;
            }

            position++;
            if (position < text.Length && text[position] == '"')
                field.Append('"');
            else if (position == text.Length || text[position] is ',' or '\r' or '\n')
                return field.ToString();
            else
                break;
        }

        throw Invalid(FormattableString.Invariant($"in line {line} a quotation mark has no end"));
    }

    private static MlflowException Invalid(string trouble) => new(
        $"Failed to parse input as a Pandas DataFrame. Ensure that the input is a valid CSV-formatted Pandas DataFrame produced using the `pandas.DataFrame.to_csv()` method. Error: {trouble}.",
        ErrorCode.BadRequest);
}
