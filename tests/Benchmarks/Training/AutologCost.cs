using System.Diagnostics;
using MLflowSharp;

namespace Benchmarks;

/// <summary>
/// What automatic logging cost in several rounds. One epoch differs from the next by more than it costs, so what counts is the time inside its
/// own calls; the differences of whole trainings beside it show that nothing is hidden elsewhere.
/// </summary>
/// <param name="Without">Seconds of an epoch without it.</param>
/// <param name="With">Seconds of an epoch with it, begin and end included.</param>
/// <param name="Longer">By how many percent the training with it was longer than the one without of the same round.</param>
/// <param name="MoreProcessorTime">By how many percent it took more processor time, all threads together.</param>
/// <param name="During">Percent of the training that were spent in its calls between begin and end.</param>
/// <param name="BeforeAndAfter">Milliseconds that begin and end took.</param>
/// <param name="Evaluation">Milliseconds that measuring the model took, where the training itself does not do that.</param>
internal sealed record AutologCost(Spread Without, Spread With, Spread Longer, Spread MoreProcessorTime, Spread During, Spread BeforeAndAfter, Spread Evaluation)
{
    /// <summary>Measures.</summary>
    /// <param name="rounds">How many pairs of trainings; one more before them warms up.</param>
    /// <param name="epochs">How many epochs a training has.</param>
    /// <param name="on">Switches it on.</param>
    /// <param name="train">Trains, in the round of this number.</param>
    public static AutologCost Measure(int rounds, int epochs, Action on, Action<int> train)
    {
        var (without, with, calls) = (new List<Cost>(), new List<Cost>(), new List<Dictionary<string, double>>());
        for (var round = 0; round <= rounds; round++)
        {
            // The one first in one round and the other in the next.
            foreach (var logs in round % 2 == 0 ? [false, true] : (bool[])[true, false])
            {
                if (!logs)
                {
                    Mlflow.Autolog(disable: true);
                    without.Add(Time(() => train(round)));
                    continue;
                }

                on();
                var spent = new Dictionary<string, double>();
                AutologRun.Observer = (what, time) =>
                {
                    lock (spent)
                        spent[what] = spent.GetValueOrDefault(what) + time.TotalSeconds;
                };
                with.Add(Time(() =>
                {
                    train(round);
                    Mlflow.Flush();
                }));
                AutologRun.Observer = null;
                calls.Add(spent);
            }
        }

        (without, with, calls) = (without[1..], with[1..], calls[1..]);
        var pairs = without.Zip(with).ToList();
        return new(
            Spread.Of(without.Select(cost => cost.Seconds / epochs)),
            Spread.Of(with.Select(cost => cost.Seconds / epochs)),
            Spread.Of(pairs.Select(pair => 100 * ((pair.Second.Seconds / pair.First.Seconds) - 1))),
            Spread.Of(pairs.Select(pair => 100 * ((pair.Second.ProcessorSeconds / pair.First.ProcessorSeconds) - 1))),
            Spread.Of(calls.Zip(without).Select(round => 100 * Sum(round.First, IsDuring) / round.Second.Seconds)),
            Spread.Of(calls.Select(spent => 1000 * Sum(spent, what => !IsDuring(what) && !IsEvaluation(what)))),
            Spread.Of(calls.Select(spent => 1000 * Sum(spent, IsEvaluation))));
    }

    // By what the failure of the call would have meant.
    private static bool IsDuring(string what) => what.StartsWith("The metrics ", StringComparison.Ordinal) || what.StartsWith("What the trainer told", StringComparison.Ordinal);

    private static bool IsEvaluation(string what) => what.StartsWith("The evaluation ", StringComparison.Ordinal);

    private static double Sum(Dictionary<string, double> spent, Func<string, bool> counts) => spent.Where(item => counts(item.Key)).Sum(item => item.Value);

    private static Cost Time(Action work)
    {
        // Each pays for its own garbage.
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (processor, began) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        work();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        return new(seconds, (process.TotalProcessorTime - processor).TotalSeconds);
    }

    private sealed record Cost(double Seconds, double ProcessorSeconds);
}
