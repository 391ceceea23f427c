using System.Diagnostics;
using MLflowSharp;
using TrainingProcess;

// Usage: TrainingProcess <tracking URI> <run> <progress file> <first step> <steps> [pause in milliseconds] [end] [answer=<seconds to wait for the store>]
// Logs the metric "loss" with step = value from the first step on, and now and then
// (Progress.StepsBetweenParameters) the parameter "p<step>" and the tag "step", in that order.
if (args.Length < 5)
{
    await Console.Error.WriteLineAsync("Usage: TrainingProcess <tracking URI> <run> <progress file> <first step> <steps> [pause in ms] [end] [answer=<seconds>]");
    return 2;
}

var journal = new JournalOptions();
if (args.FirstOrDefault(argument => argument.StartsWith("answer=", StringComparison.Ordinal)) is { } answer)
    journal = journal with { AnswerTimeout = TimeSpan.FromSeconds(int.Parse(answer["answer=".Length..], null)) };
using var client = new MlflowClient(args[0], new MlflowClientOptions { DefaultArtifactRoot = Path.GetTempPath(), Journal = journal });
using var progress = new Progress(args[2]);
var (first, steps) = (long.Parse(args[3], null), long.Parse(args[4], null));
var pause = args.Length > 5 ? int.Parse(args[5], null) : 0;
for (var step = first; step < first + steps; step++)
{
    if (step % Progress.StepsBetweenParameters == 0)
    {
        client.LogParam(args[1], $"p{step}", step);
        client.SetTag(args[1], "step", step);
    }

    var begin = Stopwatch.GetTimestamp();
    client.LogMetric(args[1], "loss", step, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + step), step);
    // The first one waits for the store, which must know the run.
    if (Stopwatch.GetElapsedTime(begin) is var time && time > progress.Slowest && step > first)
        progress.Slowest = time;
    progress.Logged = step + 1;
    if (pause > 0)
        Thread.Sleep(pause);
}

if (args.Contains("end"))
    client.SetTerminated(args[1]);
return 0;
