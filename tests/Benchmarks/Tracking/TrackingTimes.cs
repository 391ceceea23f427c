using System.Globalization;
using MLflowSharp;

namespace Benchmarks;

/// <summary>
/// Our tracking server beside <c>mlflow server --workers 1</c>, each over a copy of the same SQLite database, asked by the same bare HTTP client,
/// whose own time is in both.
/// </summary>
internal sealed class TrackingTimes : IMeasurement
{
    private const int Points = 1_000_000;
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "tracking";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var database = Path.Combine(folder, "mlflow.db");
            var options = new MlflowClientOptions { DefaultArtifactRoot = $"{folder}/mlruns", DatabaseVersion = "3.17" };
            ManyRuns.Create(database, options, Points);
            OpenPage.Create(database, options);
            return await RunAsync(rounds, database, PythonPeer.Find("mlflow"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Comparison>> RunAsync(int rounds, string database, string? python)
    {
        var (ours, theirs) = (new List<Round>(), new List<Round>());
        for (var round = 0; round <= rounds; round++)
        {
            ours.Add(await MeasureAsync(() => TrackingServers.OursAsync(database), isLast: round == rounds));
            if (python is not null)
                theirs.Add(await MeasureAsync(() => TrackingServers.TheirsAsync(python, database), isLast: round == rounds));
            await Console.Error.WriteLineAsync($"  round {round}: {ours[^1]} | {theirs.LastOrDefault()}");
        }

        var (load, theirLoad) = (ours[^1].Load!, theirs.LastOrDefault()?.Load);
        // The first round warms the disk.
        ours.RemoveAt(0);
        theirs = [.. theirs.Skip(1)];
        List<Comparison> lines =
        [
            Line("Tracking server: start to first answer, s", round => round.Start, _ => 0.3),
            Line("Tracking server: memory after the start, MB", round => round.Memory, _ => 100),
        ];
        for (var subject = 0; subject < TrackingCalls.Subjects.Count; subject++)
        {
            var (index, (what, _, factor, limit)) = (subject, TrackingCalls.Subjects[subject]);
            lines.Add(Line($"Tracking server: {what}, ms", round => round.Milliseconds[index], peer => limit ?? peer / factor));
        }

        var writers = string.Create(CultureInfo.InvariantCulture, $"Tracking server: {WriterLoad.Writers} writers for {Load.TotalSeconds:0} s");
        lines.Add(Once($"{writers}, values a second", each => each.Rate, null, moreIsBetter: true));
        lines.Add(Once($"{writers}, 99th percentile as a multiple of the median", each => each.Tail / each.Median, 10));
        lines.Add(Once($"{writers}, failed calls", each => each.Failed, 0));
        return lines;

        Comparison Line(string what, Func<Round, double> of, Func<double?, double?> target)
        {
            var peer = theirs.Count == 0 ? null : Spread.Of(theirs.Select(of));
            return new(what, Spread.Of(ours.Select(of)), "mlflow server", peer, Target: target(peer?.Median));
        }

        Comparison Once(string what, Func<WriterLoad, double> of, double? target, bool moreIsBetter = false) =>
            new(what, Spread.Of([of(load)]), "mlflow server", theirLoad is null ? null : Spread.Of([of(theirLoad)]), moreIsBetter, target);
    }

    private static async Task<Round> MeasureAsync(Func<Task<ServerProcess>> start, bool isLast)
    {
        using var server = await start();
        var memory = server.MemoryMegabytes();
        using var calls = new TrackingCalls(server.Uri);
        await calls.PrepareAsync();
        var milliseconds = new double[TrackingCalls.Subjects.Count];
        for (var subject = 0; subject < milliseconds.Length; subject++)
            milliseconds[subject] = await calls.TimeAsync(subject);
        return new(server.StartSeconds, memory, milliseconds, isLast ? await WriterLoad.MeasureAsync(server.Uri, Load) : null);
    }

    private sealed record Round(double Start, double Memory, double[] Milliseconds, WriterLoad? Load)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"start {Start:0.00} s, {Memory:0} MB, {string.Join(" / ", Milliseconds.Select(time => $"{time:0.00}"))} ms{(Load is null ? "" : $", {Load}")}");
    }
}
