using System.Globalization;

namespace MLflowSharp.Server.LightPages.Writing;

/// <summary>How numbers, times and sizes are shown: short, with the whole value where the pointer rests.</summary>
internal static class Shown
{
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Short(double value) => value.ToString(Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4) ? "0.###e+0" : "0.####", CultureInfo.InvariantCulture);

    public static Html Number(double value) => Short(value) is var text && text == Exact(value) ? (Html)$"{text}" : $"<span title=\"{Exact(value)}\">{text}</span>";

    /// <summary>In UTC; the page's script makes it the reader's time.</summary>
    public static Html Time(DateTimeOffset? time) => time is { } known
        ? (Html)$"<time datetime=\"{known.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{known.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time>"
        : $"<span class=\"faint\">unknown</span>";

    public static string Duration(RunInfo run, DateTimeOffset now)
    {
        if (run.StartTime is not { } start)
            return "";
        var time = (run.EndTime ?? now) - start;
        return time.TotalSeconds switch
        {
            < 0 => "",
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min"),
        };
    }

    public static string Size(long? bytes) => bytes switch
    {
        null => "",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    /// <summary>The state in a word and, beside it, a colour.</summary>
    public static Html Status(RunInfo run) => run.LifecycleStage == LifecycleStage.Deleted
        ? (Html)$"<span class=\"state\">Deleted</span>"
        : $"<span class=\"state {run.Status.ToString().ToLowerInvariant()}\">{run.Status}</span>";

    public static string Cut(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
}
