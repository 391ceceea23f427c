using System.CommandLine;
using MLflowSharp.Maintenance;
using MLflowSharp.Serving.Maintenance;

namespace MLflowSharp.Serving;

/// <summary><c>gc</c>: removes for good what was deleted, as <c>mlflow gc</c>.</summary>
public static class GcCommand
{
    private const string Text =
        "Remove for good the runs, logged models and experiments that were deleted, with their artifacts, as `mlflow gc`. What a registered version is made "
        + "of is kept. Files of uploads that were killed, which nothing lists, go when they are a day old. There is no way back: try --dry-run first.";

    /// <summary>Describes the command.</summary>
    /// <param name="output">Where it tells what it does.</param>
    /// <param name="error">Where faults go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var store = new StoreOptions();
        var olderThan = new Option<string>("--older-than") { HelpName = "AGE", Description = "Only what was deleted so long ago, such as 30d or 1d2h3m4s.", DefaultValueFactory = _ => "0s" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Remove nothing, only show what would be removed." };
        var command = new Command("gc", Text) { olderThan, dryRun };
        foreach (var option in store.All)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Refusals.TellAsync(error, async () =>
        {
            var options = new GarbageOptions(Age.Parse(parsed.GetRequiredValue(olderThan)), parsed.GetValue(dryRun), output.WriteLine);
            using var end = store.Open(parsed);
            var report = await new GarbageCollection(end, TimeProvider.System, options).CollectAsync(stop);
            await output.WriteLineAsync(
                $"{(options.DryRun ? "Would remove" : "Removed")} {Count(report, DeletedKind.Experiment)} experiments, {Count(report, DeletedKind.Run)} runs, {Count(report, DeletedKind.LoggedModel)} logged models{(report.Uploads > 0 ? $", {report.Uploads} files left over of uploads" : "")}; {report.Kept} deleted ones stay.");
        }));
        return command;
    }

    private static int Count(GarbageReport report, DeletedKind kind) => report.Removed.Count(item => item.Kind == kind);
}
