using System.Data.Common;

namespace MLflowSharp.Stores.Sql;

/// <summary>Reads a column in which the same few texts come again and again, and keeps one string of each.</summary>
internal sealed class RepeatedText
{
    private readonly Dictionary<string, string> _known = [];

    public string Read(DbDataReader row, int column)
    {
        var text = row.GetString(column);
        if (_known.TryGetValue(text, out var known))
            return known;
        _known.Add(text, text);
        return text;
    }
}
