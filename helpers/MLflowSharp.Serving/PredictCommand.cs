using System.CommandLine;
using MLflowSharp.Server;

namespace MLflowSharp.Serving;

/// <summary><c>predict</c>: scores a file, as <c>mlflow models predict</c>.</summary>
public static class PredictCommand
{
    private const string Text =
        "Score a file and write {\"predictions\": …}, as `mlflow models predict`. The file is what the scoring server takes: JSON with inputs, "
        + "instances, dataframe_split or dataframe_records, or CSV. MLFLOW_TRACKING_URI says where models:/ and runs:/ are looked up.";

    /// <summary>Describes the command.</summary>
    /// <param name="output">Where predictions go without <c>--output</c>.</param>
    /// <param name="error">Where faults go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var model = ModelArgument.Create();
        var input = new Option<string>("--input", "-i") { HelpName = "FILE", Description = "What to score; - for the standard input.", Required = true };
        var target = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "Where the predictions go. Default: the standard output." };
        var type = new Option<string?>("--content-type", "-t") { HelpName = "json|csv", Description = "What the file is. Default: csv for a name that ends so, else json." };
        type.AcceptOnlyFromAmong("json", "csv");
        var command = new Command("predict", Text) { model, input, target, type };
        command.SetAction((parsed, stop) => Refusals.TellAsync(error, async () =>
        {
            var file = parsed.GetRequiredValue(input);
            var isCsv = (parsed.GetValue(type) ?? (file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "json")) == "csv";
            var request = await ReadAsync(file, stop);
            using var loaded = await LoadAsync(parsed.GetRequiredValue(model), stop);
            var predictions = ScoringProtocol.Predict(loaded, request, isCsv);
            if (parsed.GetValue(target) is { } path)
                await File.WriteAllTextAsync(path, predictions + "\n", stop);
            else
                await output.WriteLineAsync(predictions);
        }));
        return command;
    }

    private static Task<LoadedModel> LoadAsync(string model, CancellationToken cancellationToken) =>
        Directory.Exists(model) ? Task.FromResult(LoadedModel.Load(model)) : Mlflow.LoadModelAsync(model, cancellationToken: cancellationToken);

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-")
            return await File.ReadAllBytesAsync(file, cancellationToken);
        using var all = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }
}
