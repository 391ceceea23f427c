using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Runs;

/// <summary>The runs that an address names.</summary>
internal static class ChosenRuns
{
    /// <summary>More lines or columns than anybody can tell apart.</summary>
    private const int Most = 40;

    public static async Task<IReadOnlyList<Run>> ReadAsync(ITrackingStore store, PageCall call, CancellationToken cancellationToken)
    {
        var ids = call.All("run").Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0 or > Most)
            throw MlflowException.Invalid(ids.Count == 0 ? "Choose runs first: tick their boxes in the table of an experiment." : $"{ids.Count} runs were chosen; choose {Most} at most.");
        var runs = new List<Run>();
        foreach (var id in ids)
            runs.Add(await RunHandlers.FindAsync(store, id, cancellationToken));
        return runs;
    }

    /// <summary>Where they are: in their experiment, or if it is one run, in that.</summary>
    public static IReadOnlyList<(string Name, string Address)> Above(IReadOnlyList<Run> runs)
    {
        var experiments = runs.Select(run => run.Info.ExperimentId).Distinct().ToList();
        List<(string, string)> above = [("Experiments", "experiments")];
        if (experiments is [var experiment])
            above.Add(("Runs", Address.Experiment(experiment)));
        if (runs is [var run])
            above.Add((run.Info.RunName, Address.Run(run.Info.RunId)));
        else if (runs.Count > 1)
            above.Add(("Compare", Address.Compare(runs.Select(one => one.Info.RunId))));
        return above;
    }
}
