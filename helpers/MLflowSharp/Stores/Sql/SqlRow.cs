using System.Buffers.Binary;
using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MLflowSharp.Stores.Sql;

/// <summary>
/// The current row of a statement that gives very many: NULL reads as empty or 0, and of texts that come again and again one string is kept. SQLite
/// is asked once for each value, where a <see cref="DbDataReader"/> asks for its type and whether it is NULL first, and texts are compared where they lie.
/// </summary>
internal sealed class SqlRow(DbDataReader row)
{
    private const int MaxKept = 64;
    private const int Slots = 1024;

    /// <summary>So many texts are not worth looking for among others.</summary>
    private const int Few = 100;

    private readonly sqlite3_stmt? _statement = (row as SqliteDataReader)?.Handle;
    private readonly string?[] _last = new string?[row.FieldCount];
    private string?[]? _kept;
    private int _texts;

    /// <summary>A text.</summary>
    public string Text(int column)
    {
        if (_statement is null)
            return row.IsDBNull(column) ? "" : row.GetString(column);
        var bytes = raw.sqlite3_column_blob(_statement, column);
        if (bytes.Length is 0 or > MaxKept)
            return Encoding.UTF8.GetString(bytes);
        ref var last = ref _last[column];
        return last is not null && Ascii.Equals(bytes, last) ? last : last = Keep(bytes);
    }

    /// <summary>A whole number.</summary>
    public long Whole(int column) =>
        _statement is not null ? raw.sqlite3_column_int64(_statement, column) : row.IsDBNull(column) ? 0 : row.GetInt64(column);

    /// <summary>A truth value.</summary>
    public bool Truth(int column) => _statement is not null ? raw.sqlite3_column_int64(_statement, column) != 0 : row.GetBoolean(column);

    /// <summary>A number.</summary>
    public double Real(int column) => _statement is not null ? raw.sqlite3_column_double(_statement, column) : row.GetDouble(column);

    // A place for each text by its length and ends: another one that falls on the same place takes it.
    private string Keep(ReadOnlySpan<byte> bytes)
    {
        if (++_texts < Few)
            return Encoding.UTF8.GetString(bytes);
        _kept ??= new string?[Slots];
        var hash = (uint)HashCode.Combine(bytes.Length, First(bytes), First(bytes[Math.Max(0, bytes.Length - sizeof(ulong))..]));
        ref var kept = ref _kept[hash % Slots];
        return kept is not null && Ascii.Equals(bytes, kept) ? kept : kept = Encoding.UTF8.GetString(bytes);
    }

    private static ulong First(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        bytes.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }
}
