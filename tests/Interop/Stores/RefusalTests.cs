using System.Text.Json.Nodes;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>
/// Our client accepts, truncates and refuses what the real MLflow accepts, truncates and refuses. Two limits that 3.17 gave up
/// we keep, because the databases of older versions have them: 5000 characters of an experiment's tag, 8000 of a run's name.
/// </summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly string[] Names =
    [
        "a b", "a:b", "../x", "a//b", "./a", "a/", "/a", "", ".", "..", "..a", "a..b", "a/../b", "a/./b", "ä", "数字", "a\\b", "a,b", "a=b", "a\nb", "😀", "²", "①",
        new('x', 250), new('x', 251), new string('x', 249) + "ä", "a-b_c.d/e f:g",
    ];

    internal static readonly Attempt[] Attempts =
    [
        .. Names.SelectMany(name => (Attempt[])[new("metric", name), new("param", name), new("tag", name)]),
        new("metric", "a", "-1"),
        .. ((int[])[499, 500, 501, 5999, 6000, 6001, 7999, 8000, 8001]).SelectMany(length => (Attempt[])[new("param", "long", new('v', length)), new("tag", "long", new('v', length))]),
        new("param", "empty", ""), new("tag", "empty", ""), new("param", "emoji", string.Concat(Enumerable.Repeat("😀", 6000))),
        new("experiment", ""), new("experiment", new('e', 500)), new("experiment", new('e', 501)), new("experiment", "theirs"), new("experiment", "with / slash"),
        new("experiment_tag", "ok", new('v', 5000)), new("experiment_tag", "a,b"), new("experiment_tag", new('k', 251)),
        new("run", ""), new("run", "no such run"), new("run", new('0', 32)), new("run", "../x"), new("run_name", "any / name: ä"), new("run_name", new('n', 250)),
        new("same_param", "p", "1"), new("same_param", "p", "2"), new("same_params", "p", "1"), new("same_params", "p", "2"),
        new("metrics", "m", "1000"), new("metrics", "m", "1001"), new("tags", "t", "100"), new("tags", "t", "101"),
        new("dataset", "d", "1"), new("dataset", new('d', 500), new('1', 36)), new("dataset", new('d', 501)), new("dataset", "d", new('1', 37)),
        new("input_tag", new('k', 255), new('v', 500)), new("input_tag", new('k', 256)), new("input_tag", "k", new('v', 501)), new("input_tag", "k", ""),
        new("delete_tag", "none"), new("history", "none"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_limit_is_where_MLflow_has_it()
    {
        var python = PythonEnvironment.Require();
        using var client = new MlflowClient(_folder.TrackingUri, new() { DefaultArtifactRoot = _folder.FullName, DatabaseVersion = "3.17", Warn = _ => { } });
        var experiment = client.CreateExperiment("theirs");
        var cases = new JsonArray([.. Attempts.Select(each => (JsonNode)new JsonArray(each.Kind, each.Key, each.Value))]);
        await File.WriteAllTextAsync(_folder.Combine("cases.json"), cases.ToJsonString(), TestContext.Current.CancellationToken);

        var theirs = (await python.RunAsync("refusals", PythonEnvironment.NewestMlflow, _folder.FullName)).AsArray();

        var differences = Differences(Attempts, Attempts.Select(attempt => attempt.Make(client, experiment)), theirs).Select(difference => difference.Text).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>The attempts that went another way with us than with MLflow.</summary>
    internal static IEnumerable<(Attempt Attempt, string Text)> Differences(IEnumerable<Attempt> attempts, IEnumerable<(string Outcome, string Detail)> ours, JsonArray theirs)
    {
        foreach (var (attempt, (outcome, detail), answer) in attempts.Zip(ours, theirs))
        {
            var (theirOutcome, theirDetail) = ((string)answer![0]!, (string)answer[1]!);
            if (outcome != theirOutcome || (outcome == "ok" && detail != theirDetail))
                yield return (attempt, $"{Short($"{attempt}")}\n  MLflow: {theirOutcome} {Short(theirDetail)}\n  we: {outcome} {Short(detail)}");
        }
    }

    private static string Short(string text) => text.Length <= 300 ? text : $"{text[..140]}…{text[^140..]} ({text.Length})";
}
