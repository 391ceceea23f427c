namespace CSharpKernel.Display;

/// <summary>Writes exceptions that are shown as values, not thrown.</summary>
internal static class ExceptionText
{
    private const int Limit = 10;

    /// <summary>The exception and those that caused it, a line each.</summary>
    public static string Write(Exception exception)
    {
        var lines = new List<string>();
        for (var current = exception; current is not null && lines.Count < Limit; current = current.InnerException)
            lines.Add($"{(lines.Count == 0 ? "" : "  caused by ")}{TypeNames.Of(current.GetType())}: {current.Message}");
        return string.Join('\n', lines);
    }

    /// <summary>What there is to know about an exception, by name.</summary>
    public static IEnumerable<(string Name, object? Value)> Members(Exception exception)
    {
        yield return ("Type", exception.GetType());
        yield return (nameof(exception.Message), exception.Message);
        if (exception.InnerException is { } inner)
            yield return (nameof(exception.InnerException), inner);
        foreach (var (name, read) in ObjectShape.OwnMembers(exception.GetType(), typeof(Exception)))
            yield return (name, read(exception));
        if (exception.Data.Count > 0)
            yield return (nameof(exception.Data), exception.Data);
        if (exception.StackTrace is { } trace)
            yield return (nameof(exception.StackTrace), trace);
    }
}
