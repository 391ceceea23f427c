using System.Globalization;

namespace MLflowSharp.Stores.Sql;

/// <summary>How MLflow writes states and times into its columns.</summary>
internal static class SqlText
{
    public static string Of(RunStatus status) => status.ToString().ToUpperInvariant();

    public static RunStatus ToRunStatus(string text) =>
        Enum.TryParse<RunStatus>(text, ignoreCase: true, out var status)
            ? status
            : throw new MlflowException($"The database holds an unknown run status '{text}'.", ErrorCode.DataLoss);

    public static string Of(LifecycleStage stage) => stage == LifecycleStage.Active ? "active" : "deleted";

    public static LifecycleStage ToLifecycleStage(string text) =>
        text == "deleted" ? LifecycleStage.Deleted : LifecycleStage.Active;

    /// <summary>SQL list of the stages a view shows.</summary>
    public static string StagesOf(ViewType viewType) => viewType switch
    {
        ViewType.ActiveOnly => "('active')",
        ViewType.DeletedOnly => "('deleted')",
        ViewType.All => "('active', 'deleted')",
        _ => throw MlflowException.Invalid($"Invalid view type '{viewType}'. Use ActiveOnly, DeletedOnly or All."),
    };

    /// <summary>The time of a column; values outside the range of <see cref="DateTimeOffset"/> become its nearest end.</summary>
    public static DateTimeOffset? ToTime(long? milliseconds) => milliseconds is { } value
        ? DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Clamp(value, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
        : null;

    public static long ToExperimentNumber(string experimentId) =>
        long.TryParse(experimentId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw MlflowException.Invalid($"Invalid experiment ID '{experimentId}'. Experiment ID must be a valid integer.");
}
