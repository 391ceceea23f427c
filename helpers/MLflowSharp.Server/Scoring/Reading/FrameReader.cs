namespace MLflowSharp.Server.Scoring.Reading;

/// <summary>Reads tables as pandas writes them in JSON.</summary>
internal static class FrameReader
{
    /// <summary>Reads <c>{"columns": […], "data": [[…], …]}</c>.</summary>
    public static void ReadSplit(ref JsonCursor json, FrameTarget target)
    {
        if (json.Peek() != '{')
            throw Invalid("Dataframe split format must be a dictionary.");
        List<string>? columns = null;
        var (data, after) = (-1, -1);
        json.Take('{');
        if (!json.TryTake('}'))
        {
            do
            {
                var key = json.TakeText();
                json.Take(':');
                switch (key)
                {
                    case "columns" when json.Peek() == '[':
                        columns = ReadNames(ref json);
                        break;
                    case "data":
                        json.Peek();
                        data = json.Position;
                        // The names may come behind the data, and are needed first.
                        json.Skip();
                        break;
                    case "columns" or "index":
                        json.Skip();
                        break;
                    default:
                        throw Invalid($"Dataframe split format must have 'data' field and optionally 'columns' and 'index' fields. Got '{key}'.");
                }
            }
            while (json.HasNext('}'));
        }

        if (data < 0)
            throw Invalid("Dataframe split format must have 'data' field and optionally 'columns' and 'index' fields.");
        (after, json.Position) = (json.Position, data);
        foreach (var column in columns ?? [])
            target.AddColumn(column);
        ReadRows(ref json, target);
        json.Position = after;
    }

    /// <summary>Reads rows that are lists of cells; without names the first row tells how many columns there are.</summary>
    public static void ReadRows(ref JsonCursor json, FrameTarget target)
    {
        json.Take('[');
        if (json.TryTake(']'))
            return;
        do
        {
            json.Take('[');
            var column = 0;
            if (!json.TryTake(']'))
            {
                var isFirst = target.ColumnCount == 0;
                do
                {
                    if (isFirst)
                        target.AddColumn(null);
                    else if (column >= target.ColumnCount)
                        throw Invalid($"A row has more values than the {target.ColumnCount} columns.");
                    target.ReadCell(ref json, column++);
                }
                while (json.HasNext(']'));
            }

            if (column < target.ColumnCount)
                throw Invalid($"A row has {column} values where there are {target.ColumnCount} columns.");
            target.EndRow();
        }
        while (json.HasNext(']'));
    }

    /// <summary>Reads <c>[{"column": value, …}, …]</c>.</summary>
    public static void ReadRecords(ref JsonCursor json, FrameTarget target)
    {
        if (json.Peek() != '[')
            throw Invalid("Dataframe records format must be a list of records.");
        json.Take('[');
        if (json.TryTake(']'))
            return;
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new List<int>();
        do
        {
            // Records may name their fields in any order: found first, then read in the order of the columns.
            var after = FindFields(ref json, columns, places, target);
            for (var column = 0; column < places.Count; column++)
            {
                if (places[column] < 0)
                {
                    target.AddMissing(column);
                    continue;
                }

                json.Position = places[column];
                target.ReadCell(ref json, column);
            }

            json.Position = after;
            target.EndRow();
        }
        while (json.HasNext(']'));
    }

    private static int FindFields(ref JsonCursor json, Dictionary<string, int> columns, List<int> places, FrameTarget target)
    {
        for (var column = 0; column < places.Count; column++)
            places[column] = -1;
        json.Take('{');
        if (json.TryTake('}'))
            return json.Position;
        do
        {
            var name = json.TakeText();
            json.Take(':');
            json.Peek();
            if (!columns.TryGetValue(name, out var column))
            {
                columns[name] = column = places.Count;
                places.Add(-1);
                target.AddColumn(name);
            }

            places[column] = json.Position;
            json.Skip();
        }
        while (json.HasNext('}'));
        return json.Position;
    }

    private static List<string> ReadNames(ref JsonCursor json)
    {
        var names = new List<string>();
        json.Take('[');
        if (json.TryTake(']'))
            return names;
        do
        {
            if (json.Peek() == '"')
                names.Add(json.TakeText());
            else
                names.Add(json.TakeNumber(out var whole) is var number && whole is { } index ? FormattableString.Invariant($"{index}") : FormattableString.Invariant($"{number}"));
        }
        while (json.HasNext(']'));
        return names;
    }

    private static MlflowException Invalid(string message) => new($"Invalid input. {message}", ErrorCode.BadRequest);
}
