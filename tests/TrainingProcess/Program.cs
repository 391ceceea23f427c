using MLflowSharp;
using TrainingProcess;

// Usage: TrainingProcess <tracking URI> <run> <progress file> <first step> <steps> [pause in milliseconds] [end]
// Logs the metric "loss" with step = value from the first step on, and every 250 steps the parameter "p<step>" and the tag "step", in that order.
if (args.Length < 5)
{
    await Console.Error.WriteLineAsync("Usage: TrainingProcess <tracking URI> <run> <progress file> <first step> <steps> [pause in ms] [end]");
    return 2;
}

using var client = new MlflowClient(args[0], new MlflowClientOptions { DefaultArtifactRoot = Path.GetTempPath() });
using var progress = new Progress(args[2]);
var (first, steps) = (long.Parse(args[3], null), long.Parse(args[4], null));
var pause = args.Length > 5 ? int.Parse(args[5], null) : 0;
for (var step = first; step < first + steps; step++)
{
    if (step % 250 == 0)
    {
        client.LogParam(args[1], $"p{step}", step);
        client.SetTag(args[1], "step", step);
    }

    client.LogMetric(args[1], "loss", step, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + step), step);
    progress.Logged = step + 1;
    if (pause > 0)
        Thread.Sleep(pause);
}

if (args.Contains("end"))
    client.SetTerminated(args[1]);
return 0;
