using System.Globalization;

namespace MLflowSharp.Tests.Journal.Faults;

/// <summary>What happens to logged values when things go wrong: afterwards each is in the store once, or its caller was told. Prints the table.</summary>
[Collection(nameof(Fluent.OneAfterAnother))]
public sealed partial class FaultTableTests(ITestOutputHelper output) : JournalTest
{
    // Many times: MLFLOWSHARP_KILLS=500 for an evening.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MLFLOWSHARP_KILLS") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_logged_value_is_in_the_store_once_or_its_caller_was_told()
    {
        (string Fault, Func<Task<Outcome?>> Run)[] faults =
        [
            ($"process killed (kill -9) {Kills} times at random moments", KillAsync),
            ($"the same on the file store, {Kills / 4} times", KillOnFilesAsync),
            ("process killed, then the machine loses the journal's last bytes", LoseTailAsync),
            ("16 processes on one SQLite file, 8 of them killed", SixteenProcessesAsync),
            ("4 machines with 4 processes each on one file store, 1 machine killed, the others find its journals", FourMachinesOnFilesAsync),
            ("the same with journals beside one SQLite file", FourMachinesOnDatabaseAsync),
            ("store away for 20 minutes, back before the end", OutageAsync),
            ("store away, process ends, next process", OutageAcrossProcessesAsync),
            ("store's answers lost after it wrote", LostAnswersAsync),
            ("store locked by another program for longer than it is waited for", LockedAsync),
            ("disk of the store full, then free again", StoreDiskFullAsync),
            ("disk of the journal full", JournalDiskFullAsync),
            ("both disks full", BothDisksFullAsync),
            ("clock pulled back by an hour", ClockPulledBackAsync),
            ("bad input: names that leave the folder, NaN, infinities, 10 MB, control characters, 1,001 metrics, …", BadInputAsync),
            ("the same on the file store", BadInputOnFilesAsync),
        ];
        var table = new FaultTable("faults");
        foreach (var (fault, run) in faults)
            table.Add(fault, await run());
        table.Conclude(output);
    }

    /// <summary>What a next client finds of a run whose values are its steps; and the parameters and tags of <see cref="Training"/>.</summary>
    private async Task<Outcome> CheckAsync(string run, long logged)
    {
        using var next = new MlflowClient(Folder.TrackingUri, Options);
        var data = (await next.GetRunAsync(run, TestContext.Current.CancellationToken)).Data;
        var outcome = Outcome.Of(await next.GetMetricHistoryAsync(run, "loss", TestContext.Current.CancellationToken), logged, 0);
        if (data.Params.Count > 0)
        {
            // A step logs its parameter and tag before its value.
            const long Between = TrainingProcess.Progress.StepsBetweenParameters;
            Assert.Equal(Enumerable.Range(0, data.Params.Count).Select(n => $"p{n * Between}").Order(), data.Params.Keys.Order());
            Assert.InRange(data.Params.Count, (logged + Between - 1) / Between, (logged / Between) + 1);
            Assert.InRange(long.Parse(data.Tags["step"], CultureInfo.InvariantCulture), (logged - 1) / Between * Between, logged / Between * Between);
        }

        return outcome;
    }
}
