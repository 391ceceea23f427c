using System.Text.Json;

namespace NotebookTestRunner.Reports;

/// <summary>Where in a notebook's file the source of each cell begins.</summary>
internal static class CellLines
{
    /// <summary>Line numbers, from 1, by cell numbers, from 1; empty when the file cannot be read.</summary>
    public static IReadOnlyDictionary<int, int> Read(string path)
    {
        try
        {
            return Of(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Dictionary<int, int>();
        }
    }

    /// <summary>Line numbers by cell numbers.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static IReadOnlyDictionary<int, int> Of(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\ufeff"u8)) json = json[3..];
        var lines = new Dictionary<int, int>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 512 });
        var (cell, line, counted) = (0, 1, 0);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            var isCells = reader.ValueTextEquals("cells"u8);
            reader.Read();
            if (!isCells || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                cell++;
                Note(json, reader.TokenStartIndex);
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isSource = reader.ValueTextEquals("source"u8);
                    reader.Read();
                    if (isSource && reader.TokenType == JsonTokenType.StartArray)
                    {
                        Note(json, reader.TokenStartIndex);
                        // The first line of code, which has a line of its own in the file.
                        reader.Read();
                        if (reader.TokenType == JsonTokenType.String) Note(json, reader.TokenStartIndex);
                        while (reader.TokenType != JsonTokenType.EndArray && reader.Read()) reader.Skip();
                        continue;
                    }
                    if (isSource) Note(json, reader.TokenStartIndex);
                    reader.Skip();
                }
            }
        }
        return lines;

        void Note(ReadOnlySpan<byte> text, long at)
        {
            line += text[counted..(int)at].Count((byte)'\n');
            counted = (int)at;
            lines[cell] = line;
        }
    }
}
