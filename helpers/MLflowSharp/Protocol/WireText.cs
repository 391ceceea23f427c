namespace MLflowSharp.Protocol;

/// <summary>How times and lifecycle stages are written on the wire, and how "nothing" is.</summary>
internal static class WireText
{
    public static string Of(LifecycleStage stage) => stage == LifecycleStage.Deleted ? "deleted" : "active";

    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Running => "RUNNING",
        RunStatus.Scheduled => "SCHEDULED",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        RunStatus.Killed => "KILLED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No state of a run."),
    };

    public static LifecycleStage ToStage(string? stage) => stage == "deleted" ? LifecycleStage.Deleted : LifecycleStage.Active;

    public static long? Of(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    /// <summary>The time of a number of milliseconds. What no clock can show (a server stores any int64) becomes the nearest time that can be shown.</summary>
    public static DateTimeOffset ToTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(milliseconds, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    public static DateTimeOffset? ToTime(long? milliseconds) => milliseconds is { } value ? ToTime(value) : null;

    /// <summary>Servers write an empty text for what is not set; here that is null.</summary>
    public static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
