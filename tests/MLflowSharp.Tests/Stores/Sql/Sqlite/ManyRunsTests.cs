using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

public sealed class ManyRunsTests : IDisposable
{
    private static readonly JsonSerializerOptions Numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly InMemoryStore _store = new();
    private readonly MlflowClient _client;

    public ManyRunsTests() => _client = _store.NewClient(_store.Options with { Journal = new() { Enabled = false } });

    public void Dispose()
    {
        _client.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void Runs_that_are_read_together_are_those_that_are_read_one_by_one()
    {
        var other = _client.CreateExperiment("other");
        var (runs, busy) = (new List<string>(), new List<string>());
        for (var number = 0; number < 900; number++)
        {
            runs.Add(_client.CreateRun(number % 3 == 2 ? other : "0", startTime: DateTimeOffset.FromUnixTimeMilliseconds(number)).Info.RunId);
            if (number % 13 > 0)
                busy.Add(runs[^1]);
            // Rows of several runs lie between each other, and keys are not in order.
            foreach (var run in busy.TakeLast(3))
            {
                _client.LogBatch(
                    run,
                    [new($"z{number % 7}", number, number, number), new($"a/{number % 5}", number % 2 == 0 ? double.NaN : -1e300, 0)],
                    [new($"p{number % 11}-{number % 2}", "same"), new($"b{number}", new string('é', number))],
                    [new($"t{number % 4}", number % 3 == 0 ? "" : $"größer als {number} 😀"), new("long", new string('x', 60 + (number % 10)))]);
            }

            if (number % 50 == 0)
                _client.LogInputs(runs[^1], [new(new($"data{number}", "digest", "local", "here"), [new("mlflow.data.context", "training")])]);
            if (number % 100 == 1)
                _client.LogOutputs(runs[^1], [new(_client.CreateLoggedModel("0", sourceRunId: runs[^1]).ModelId, number)]);
        }

        var together = _client.SearchRuns(["0"], maxResults: 1000);
        var fewOfMany = _client.SearchRuns([other], maxResults: 1000);

        Assert.Equal((600, 300), (together.Count, fewOfMany.Count));
        Assert.All(together.Concat(fewOfMany), run => Assert.Equal(Written(_client.GetRun(run.Info.RunId)), Written(run)));
        Assert.Equal(Enumerable.Reverse(runs).Where((_, i) => (899 - i) % 3 != 2), together.Select(run => run.Info.RunId));
    }

    private static string Written(Run run) => JsonSerializer.Serialize(run, Numbers);
}
