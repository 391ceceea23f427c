using System.Globalization;

namespace MLflowSharp.Protocol;

/// <summary>Times and durations as protobuf's JSON has them (https://protobuf.dev/programming-guides/json/): no fraction of a second, or three digits of it.</summary>
internal static class TraceTimes
{
    public static string OfTime(long milliseconds) =>
        WireText.ToTime(milliseconds).ToString(milliseconds % 1000 == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static long ToTime(string? text) => text is null ? 0
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds()
        : throw MlflowException.Invalid($"'{text}' is no time. Write it as 2026-11-23T22:17:59.500Z.");

    public static string OfDuration(long milliseconds) => milliseconds % 1000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(milliseconds < 0 ? "-" : "")}{Math.Abs(milliseconds) / 1000}.{Math.Abs(milliseconds) % 1000:000}s");

    public static long? ToDuration(string? text) => text is null ? null
        : text.EndsWith('s') && decimal.TryParse(text[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) < 1_000_000_000_000 ? (long)(seconds * 1000)
        : throw MlflowException.Invalid($"'{text}' is no duration. Write it in seconds, as 1.250s.");
}
