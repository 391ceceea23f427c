using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;

namespace MLflowSharp.Stores.Sql;

/// <summary>
/// Reads a column in which the same few texts come again and again, most often the one before, and keeps one string of each. From SQLite the
/// bytes are compared where they lie.
/// </summary>
internal sealed class RepeatedText
{
    private const int MaxBytes = 256;

    private readonly Dictionary<string, string> _known = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private string _last = "";

    public RepeatedText() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Read(DbDataReader row, int column)
    {
        if (row is not SqliteDataReader { Handle: { } statement })
            return Keep(row.GetString(column));
        var bytes = SQLitePCL.raw.sqlite3_column_blob(statement, column);
        if (bytes.Length is 0 or > MaxBytes)
            return Keep(row.GetString(column));
        Span<char> buffer = stackalloc char[MaxBytes];
        return Keep(buffer[..Encoding.UTF8.GetChars(bytes, buffer)]);
    }

    private string Keep(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(_last))
            return _last;
        if (!_lookup.TryGetValue(text, out var known))
        {
            known = text.ToString();
            _known.Add(known, known);
        }

        return _last = known;
    }
}
