using System.Diagnostics;

namespace MLflowSharp;

/// <summary>
/// The run that one training is logged to by itself (https://mlflow.org/docs/latest/ml/tracking/autolog/): the active run, which is left
/// open, or one of its own, which ends with the training. Trainers of the flavor packages use it. What cannot be logged is warned of and
/// costs no more than itself: the training goes on.
/// </summary>
public sealed class AutologRun
{
    // Of a tag MLflow keeps 8,000 characters.
    private const int MostOfAFailure = 5000;
    private readonly bool _isOwn;

    private AutologRun(Autologging settings, ActiveRun run, bool isOwn)
    {
        Settings = settings;
        Run = run;
        _isOwn = isOwn;
    }

    /// <summary>Is told how long each piece of logging took, and what its failure would have meant; for measurements.</summary>
    internal static Action<string, TimeSpan>? Observer { get; set; }

    /// <summary>What was asked for.</summary>
    public Autologging Settings { get; }

    /// <summary>The run.</summary>
    public ActiveRun Run { get; }

    /// <summary>Begins to log a training.</summary>
    /// <param name="flavor">The library that trains, such as <c>torchsharp</c>; the tag <c>mlflow.autologging</c> of a run of its own.</param>
    /// <returns>The run; null when nothing is to be logged, or no run could be started.</returns>
    public static AutologRun? Begin(string flavor)
    {
        var settings = Autologging.Of(flavor);
        if (settings.Disable)
            return null;
        if (Mlflow.ActiveRun is { } active)
            return settings.Exclusive ? null : new AutologRun(settings, active, isOwn: false);

        ActiveRun? own = null;
        Try(settings, "No run was started, so nothing of the training is logged", () =>
            own = Mlflow.StartRun(tags: new Dictionary<string, string> { ["mlflow.autologging"] = flavor }));
        return own is null ? null : new AutologRun(settings, own, isOwn: true);
    }

    /// <summary>Logs something; a failure becomes a warning.</summary>
    /// <param name="failureMeans">What a failure means, to begin the warning with, such as <c>The model was not logged</c>.</param>
    /// <param name="log">Logs it.</param>
    public void Try(string failureMeans, Action log) => Try(Settings, failureMeans, log);

    /// <summary>Ends the run if it is the training's own. Of a training that failed the tag <c>error</c> keeps with what.</summary>
    /// <param name="failure">What the training failed with; null when it did not.</param>
    public void End(Exception? failure = null)
    {
        var status = failure switch { null => RunStatus.Finished, OperationCanceledException => RunStatus.Killed, _ => RunStatus.Failed };
        if (!_isOwn)
            return;
        if (status == RunStatus.Failed)
        {
            var text = $"{failure!.GetType().Name}: {failure.Message}";
            // Not through the middle of a character of two units.
            var end = Math.Min(text.Length, char.IsHighSurrogate(text[Math.Min(text.Length, MostOfAFailure) - 1]) ? MostOfAFailure - 1 : MostOfAFailure);
            Try("What the training failed with was not logged", () => Run.Client.SetTag(Run.RunId, "error", text[..end]));
        }

        Try($"The run {Run.RunId} was not marked as ended", () => Run.End(status));
    }

    private static void Try(Autologging settings, string failureMeans, Action log)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            log();
        }
        catch (Exception failure)
        {
            // Whatever keeps a record from being written must not cost the training that it is a record of.
            settings.Warn($"Automatic logging: {failureMeans}: {failure.Message}");
        }
        finally
        {
            Observer?.Invoke(failureMeans, Stopwatch.GetElapsedTime(began));
        }
    }
}
