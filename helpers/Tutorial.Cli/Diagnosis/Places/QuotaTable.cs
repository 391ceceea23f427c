using System.Globalization;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>The table that <c>quota</c> and <c>lfs quota</c> print: what is used, the limits, then the same for files.</summary>
internal static class QuotaTable
{
    private const int Columns = 8;

    /// <summary>Reads the table's lines; others are passed over. A long name stands on a line of its own.</summary>
    /// <param name="text">File system, kibibytes used, soft and hard limit, grace, files used, soft and hard limit, grace.</param>
    public static IReadOnlyList<QuotaShare> Read(string text)
    {
        List<QuotaShare> shares = [];
        string? name = null;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is [var path] && path.StartsWith('/'))
            {
                name = path;
                continue;
            }

            if (words.Length > Columns)
                (name, words) = (words[0], words[1..]);
            if (name is not null && words.Length >= Columns && Number(words[0]) is { } kibibytes && Number(words[4]) is { } files
                && Limit(words[1], words[2]) is { } most && Limit(words[5], words[6]) is { } mostFiles && (most > 0 || mostFiles > 0))
            {
                shares.Add(new(name, kibibytes, most, files, mostFiles));
            }

            name = null;
        }

        return shares;
    }

    // Above a limit a star follows the number; a limit of 0 is none.
    private static long? Number(string word) => long.TryParse(word.TrimEnd('*'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Limit(string soft, string hard) => (Number(soft), Number(hard)) switch
    {
        (null, _) or (_, null) => null,
        (0, var only) => only,
        var (first, second) => second == 0 ? first : Math.Min(first!.Value, second!.Value),
    };
}
