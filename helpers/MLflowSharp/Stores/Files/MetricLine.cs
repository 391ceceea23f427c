using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MLflowSharp.Values;

namespace MLflowSharp.Stores.Files;

/// <summary>
/// One line of a metric file: <c>timestamp value step</c>, then for a metric that a logged model has the run, then, if they are known, the
/// name and the digest of the dataset.
/// </summary>
internal static class MetricLine
{
    /// <summary>Metrics of a run and of a logged model differ in one field.</summary>
    public enum Owner
    {
        Run,
        LoggedModel,
    }

    public static string Write(Metric metric, string? runId)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{metric.Timestamp} {PythonText.Of(metric.Value)} {metric.Step}");
        if (runId is not null)
            line += $" {runId}";
        return metric is { DatasetName: { } name, DatasetDigest: { } digest } ? $"{line} {name} {digest}" : line;
    }

    /// <summary>Reads a line without its end; null when it is damaged.</summary>
    public static Metric? Read(ReadOnlySpan<byte> line, string key, Owner owner)
    {
        line = line.TrimEnd((byte)'\r');
        if (!TryField(ref line, out var time) || !Utf8Parser.TryParse(time, out long timestamp, out var timeLength) || timeLength != time.Length
            || !TryField(ref line, out var number) || !TryNumber(number, out var value))
        {
            return null;
        }

        // Files of MLflow before 1.0 have no steps.
        var step = 0L;
        if (TryField(ref line, out var third) && (!Utf8Parser.TryParse(third, out step, out var stepLength) || stepLength != third.Length))
            return null;
        string? runId = null;
        if (owner == Owner.LoggedModel)
        {
            if (!TryField(ref line, out var run))
                return null;
            runId = Encoding.UTF8.GetString(run);
        }

        var metric = new Metric(key, value, timestamp, step) { RunId = runId };
        if (line.IsEmpty)
            return metric;
        // The digest has no space in it; should the name have one, it is what is between.
        var space = line.LastIndexOf((byte)' ');
        return space <= 0 ? null : metric with { DatasetName = Encoding.UTF8.GetString(line[..space]), DatasetDigest = Encoding.UTF8.GetString(line[(space + 1)..]) };
    }

    /// <summary>The time at the beginning of a line; the smallest number when there is none.</summary>
    public static long TimeOf(ReadOnlySpan<byte> line) => Utf8Parser.TryParse(line, out long time, out _) ? time : long.MinValue;

    /// <summary>Calls an action with every whole line of a file's content. What is behind the last line end was not written to its end.</summary>
    /// <returns>Where the whole lines end.</returns>
    public static int ForEach(ReadOnlySpan<byte> content, Action<ReadOnlySpan<byte>> action)
    {
        var at = 0;
        while (content[at..].IndexOf((byte)'\n') is var length and >= 0)
        {
            action(content.Slice(at, length));
            at += length + 1;
        }

        return at;
    }

    private static bool TryField(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> field)
    {
        var space = line.IndexOf((byte)' ');
        field = space < 0 ? line : line[..space];
        line = space < 0 ? [] : line[(space + 1)..];
        return !field.IsEmpty;
    }

    private static bool TryNumber(ReadOnlySpan<byte> field, out double value)
    {
        if (Utf8Parser.TryParse(field, out value, out var length) && length == field.Length)
            return true;
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || TryWord(field, out value);
    }

    private static bool TryWord(ReadOnlySpan<byte> field, out double value)
    {
        double? word = Encoding.UTF8.GetString(field).ToUpperInvariant().TrimStart('+') switch
        {
            "NAN" or "-NAN" => double.NaN,
            "INF" or "INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            _ => null,
        };
        value = word ?? 0;
        return word is not null;
    }
}
