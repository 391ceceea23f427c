using MLflowSharp.Context;

namespace MLflowSharp.Search.InMemory;

/// <summary>Tests clauses on things in memory, as a database tests them: what is missing meets no comparison, not even "unequal".</summary>
internal static class SearchFilter
{
    public static bool Matches(IReadOnlyList<SearchClause> clauses, SearchSubject subject)
    {
        foreach (var clause in clauses)
        {
            if (!Matches(clause, subject))
                return false;
        }

        return true;
    }

    private static bool Matches(SearchClause clause, SearchSubject subject) => clause.Entity switch
    {
        SearchEntity.Metric => subject.FilterMetrics(clause.Key).Any(metric => Compare(metric.Value, clause)),
        SearchEntity.Parameter => Compare(subject.Parameter(clause.Key), clause),
        SearchEntity.Tag => Compare(subject.Tag(clause.Key), clause),
        SearchEntity.Dataset => subject.Datasets.Any(input => clause.Key switch
        {
            "name" => Compare(input.Dataset.Name, clause),
            "digest" => Compare(input.Dataset.Digest, clause),
            _ => input.Tags.Any(tag => tag.Key == SystemTags.DatasetContext && Compare(tag.Value, clause)),
        }),
        _ => Compare(subject.FilterAttribute(clause.Key), clause),
    };

    private static bool Compare(object? actual, SearchClause clause) => (clause.Comparator, actual, clause.Value) switch
    {
        ("IS NULL", _, _) => actual is null,
        ("IS NOT NULL", _, _) => actual is not null,
        (_, null, _) or (_, _, double.NaN) => false,
        ("IN", _, IReadOnlyList<string> list) => list.Contains(actual.ToString()),
        ("NOT IN", _, IReadOnlyList<string> list) => !list.Contains(actual.ToString()),
        (_, double or long, double number) => Compare(Convert.ToDouble(actual, System.Globalization.CultureInfo.InvariantCulture), clause.Comparator, number),
        (_, long whole, long number) => Compare(whole.CompareTo(number), clause.Comparator),
        (_, double measured, long number) => Compare(measured, clause.Comparator, number),
        ("LIKE", _, string pattern) => Like(actual.ToString()!, pattern),
        ("ILIKE", _, string pattern) => Like(Lower(actual.ToString()!), Lower(pattern)),
        (_, _, string text) => Compare(SearchOrdering.CompareTexts(actual.ToString()!, text), clause.Comparator),
        _ => Compare(SearchOrdering.CompareTexts(actual.ToString()!, clause.Value?.ToString() ?? ""), clause.Comparator),
    };

    // A value that is not a number is unequal to everything and neither smaller nor larger.
    private static bool Compare(double actual, string comparator, double value) => comparator switch
    {
        "=" => actual == value,
        "!=" => actual != value,
        "<" => actual < value,
        "<=" => actual <= value,
        ">" => actual > value,
        _ => actual >= value,
    };

    private static bool Compare(int order, string comparator) => comparator switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    // As SQLite, which MLflow keeps its data in: only the letters of ASCII have a small and a capital form.
    private static string Lower(string text) => string.Create(text.Length, text, static (lower, text) =>
    {
        for (var i = 0; i < lower.Length; i++)
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    });

    /// <summary>SQL's LIKE: <c>%</c> is any text, <c>_</c> any character.</summary>
    private static bool Like(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        var (at, next) = (0, 0);
        // Where to go on when the text after the last % turns out not to fit: one character later.
        var (retryText, retryPattern) = (-1, -1);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '%')
            {
                (retryText, retryPattern) = (at, ++next);
            }
            else if (next < pattern.Length && pattern[next] == '_')
            {
                at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
                next++;
            }
            else if (next < pattern.Length && pattern[next] == text[at])
            {
                (at, next) = (at + 1, next + 1);
            }
            else if (retryText >= 0)
            {
                (at, next) = (++retryText, retryPattern);
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].TrimStart('%').IsEmpty;
    }
}
