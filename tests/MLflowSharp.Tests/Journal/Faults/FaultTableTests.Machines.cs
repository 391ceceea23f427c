namespace MLflowSharp.Tests.Journal.Faults;

public sealed partial class FaultTableTests
{
    private Task<Outcome?> FourMachinesOnFilesAsync() => FourMachinesAsync(Path.Combine(Folder.FullName, "shared"));

    private Task<Outcome?> FourMachinesOnDatabaseAsync() => FourMachinesAsync($"sqlite:///{Path.Combine(Folder.FullName, "shared.db")}");

    /// <summary>All log to one run; one machine dies, and on each of the others a process starts that finds what it left.</summary>
    private async Task<Outcome?> FourMachinesAsync(string uri)
    {
        const int Machines = 4;
        const int Processes = 4;
        const int Each = 600;
        string run;
        using (var before = new MlflowClient(uri, Options))
            run = before.CreateRun("0").Info.RunId;
        var machines = Enumerable.Range(1, Machines).Select(number => Machine.CanBeMade ? Machine.Start($"node{number}") : null).ToList();
        var trainings = new List<Training>();
        try
        {
            for (var process = 0; process < Machines * Processes; process++)
                Begin(machines[process % Machines], process % Machines == Machines - 1 ? 1_000_000 : Each);
            var (dying, living) = (trainings.Where((_, process) => process % Machines == Machines - 1).ToList(), trainings.Where((_, process) => process % Machines != Machines - 1).ToList());
            foreach (var training in dying)
                await training.ReachAsync(Each);
            machines[^1]?.Kill();
            foreach (var training in dying)
                await training.KillAsync();
            foreach (var machine in machines[..^1])
            {
                Begin(machine, Each);
                living.Add(trainings[^1]);
            }

            foreach (var training in living)
                Assert.True(await training.EndAsync() == 0, await training.Errors);
            AssertOnlyTheDeadWereReplayed([.. await Task.WhenAll(living.Select(training => training.Errors))], dying.Count);
            Assert.Empty(MlflowJournals.Find(uri, Options.Journal));
            return Found();
        }
        finally
        {
            trainings.ForEach(training => training.Dispose());
            machines.ForEach(machine => machine?.Dispose());
        }

        void Begin(Machine? machine, int steps)
        {
            var first = trainings.Count * 1_000_000L;
            trainings.Add(Training.Start(uri, run, Path.Combine(Folder.FullName, $"of{Path.GetFileName(uri)}{first}"), first, steps, configure: machine is null ? null : machine.Enter));
        }

        Outcome Found()
        {
            // The store itself, whatever journals hold.
            using var plain = new MlflowClient(uri, Options with { Journal = new() { Enabled = false } });
            var ofTraining = plain.GetMetricHistory(run, "loss").ToLookup(point => point.Step / 1_000_000);
            var outcomes = trainings.Select((training, process) => Outcome.Of([.. ofTraining[process]], training.Logged, first: process * 1_000_000L));
            return outcomes.Aggregate((one, other) => one + other) with { Note = Machine.CanBeMade ? "" : "on one machine: no right to make namespaces" };
        }
    }

    private static void AssertOnlyTheDeadWereReplayed(string[] told, int dead)
    {
        var replays = told.SelectMany(text => text.Split('\n')).Where(line => line.Contains("ended before it was done", StringComparison.Ordinal)).ToList();
        Assert.True(replays.Count <= dead, string.Join('\n', replays));
        if (Machine.CanBeMade)
            Assert.All(replays, line => Assert.Contains("on 'node4'", line, StringComparison.Ordinal));
    }
}
