using System.Text.Json.Serialization;

namespace MLflowSharp.Projects.Sweeps;

/// <summary>A sweep as its parent run remembers it, in a tag, so that it can be resumed by that run alone.</summary>
internal sealed record SweepDefinition(
    string Uri, string EntryPoint, string? Version, Dictionary<string, string> Parameters, string? EnvironmentManager,
    string[] Space, int? Trials, int Seed, string? Metric, bool Minimize, bool StopEarly, long StopFromStep, int StopAfterTrials)
{
    /// <summary>The tag.</summary>
    public const string Tag = "sweep.definition";

    public static SweepDefinition Of(string uri, ProjectRunOptions project, SweepOptions sweep) => new(
        uri, project.EntryPoint, project.Version, project.Parameters.ToDictionary(), project.EnvironmentManager,
        [.. sweep.Space.Select(dimension => dimension.ToString())], sweep.Trials, sweep.Seed, sweep.Metric, sweep.Minimize, sweep.StopEarly, sweep.StopFromStep, sweep.StopAfterTrials);

    /// <summary>What was asked for then; how many run at a time, and where, is said anew.</summary>
    public (string Uri, ProjectRunOptions Project, SweepOptions Sweep) Restore(ProjectRunOptions project, SweepOptions sweep) => (
        Uri,
        project with { EntryPoint = EntryPoint, Version = Version, Parameters = Parameters, EnvironmentManager = EnvironmentManager },
        sweep with
        {
            Space = [.. Space.Select(SearchDimension.Parse)], Trials = Trials, Seed = Seed, Metric = Metric, Minimize = Minimize,
            StopEarly = StopEarly, StopFromStep = StopFromStep, StopAfterTrials = StopAfterTrials,
        });
}

/// <summary>JSON of <see cref="SweepDefinition"/>.</summary>
[JsonSerializable(typeof(SweepDefinition))]
internal sealed partial class SweepJson : JsonSerializerContext;
