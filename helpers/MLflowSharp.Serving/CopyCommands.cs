using System.CommandLine;
using MLflowSharp.Copying;
using MLflowSharp.Serving.Maintenance;

namespace MLflowSharp.Serving;

/// <summary><c>export</c> and <c>import</c>: copy experiments between stores of any kinds.</summary>
public static class CopyCommands
{
    private const string Common =
        "With their runs, metrics with history, parameters, tags, datasets, artifacts, logged models, and the registered versions made of them; everything is read "
        + "back and compared. Nothing is written over. A folder is a file store of MLflow's, which MLflow itself can open.";

    /// <summary>Describes <c>export</c>.</summary>
    /// <param name="output">Where it tells what it does.</param>
    /// <param name="error">Where faults go.</param>
    public static Command CreateExport(TextWriter output, TextWriter error) => Create(
        "export", $"Copy experiments from a store to a folder, or to another store. {Common}", "Where to: a new folder, or the URI of a store.", isExport: true, output, error);

    /// <summary>Describes <c>import</c>.</summary>
    /// <param name="output">Where it tells what it does.</param>
    /// <param name="error">Where faults go.</param>
    public static Command CreateImport(TextWriter output, TextWriter error) => Create(
        "import", $"Copy experiments from a folder that was exported, or from another store, to a store. {Common}", "Where from: a folder, or the URI of a store.", isExport: false, output, error);

    private static Command Create(string name, string text, string other, bool isExport, TextWriter output, TextWriter error)
    {
        var place = new Argument<string>("place") { Description = other };
        var names = new Option<string[]>("--experiment", "-e") { HelpName = "NAME", Description = "An experiment's name; may be given several times. Default: all that are not deleted." };
        var root = new Option<string?>("--default-artifact-root") { HelpName = "URI", Description = "Where the copies keep their artifacts. Default: through the server, else ./mlruns, in a folder within it." };
        var store = new StoreOptions();
        var command = new Command(name, text) { place, names };
        if (!isExport)
            command.Options.Add(root);
        foreach (var option in store.All)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Refusals.TellAsync(error, async () =>
        {
            using var end = store.Open(parsed, isExport ? null : parsed.GetValue(root));
            using var elsewhere = new CopyEnd(parsed.GetRequiredValue(place), new() { DatabaseVersion = "3.17" });
            var options = new CopyOptions(parsed.GetValue(names) is { Length: > 0 } some ? some : null, output.WriteLine);
            if (!isExport)
                await elsewhere.RequireExistingAsync(stop);
            var report = await (isExport ? new StoreCopy(end, elsewhere, options) : new StoreCopy(elsewhere, end, options)).CopyAsync(stop);
            await output.WriteLineAsync($"Copied and read back alike: {report}.");
        }));
        return command;
    }
}
