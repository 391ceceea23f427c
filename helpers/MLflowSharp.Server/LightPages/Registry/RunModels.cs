using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Artifacts;
using MLflowSharp.Server.LightPages.Artifacts;
using MLflowSharp.Server.LightPages.Forms;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Runs;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>The models that a run made, each with what was registered from it and a form to register it.</summary>
internal sealed class RunModels(MlflowStores stores)
{
    private const int MostNames = 100;

    public async Task<Html> RenderAsync(PageCall call, Run run, CancellationToken cancellationToken)
    {
        var models = await FindAsync(run, cancellationToken);
        if (models.Count == 0)
            return Html.Empty;
        var names = await stores.Registry.SearchRegisteredModelsAsync(null, MostNames, null, null, cancellationToken);
        return $"""
            <section aria-labelledby="models"><h2 id="models">Models</h2>
            <ul class="models">{models.Select((model, index) => (Html)$"""
                <li><a href="{model.Files}">{model.Name}</a> {model.Registered.Select(version => (Html)$"<a class=\"version\" href=\"{Address.Version(version.Name, version.Version)}\">{version.Name}, version {version.Version}</a> ")}
                {FormField.Begin(call, "register", ("run", run.Info.RunId), ("source", model.Source), ("model", model.ModelId))}{FormField.Text(call, $"register-{index}", "name", "Register as", list: "registered")} <button>Register</button></form></li>
                """)}</ul>
            <datalist id="registered">{names.Select(model => (Html)$"<option value=\"{model.Name}\"></option>")}</datalist></section>
            """;
    }

    private async Task<List<Found>> FindAsync(Run run, CancellationToken cancellationToken)
    {
        var found = new List<Found>();
        foreach (var output in run.Outputs.ModelOutputs.DistinctBy(output => output.ModelId))
        {
            if (await FindAsync(output.ModelId, cancellationToken) is { } model)
                found.Add(new(model.Name, Address.Of("artifacts", ("model", model.ModelId)), model.ModelUri, model.ModelId, model.Registrations));
        }

        // Clients of MLflow 2 keep models among the run's files.
        if (found.Count == 0 && run.Data.Tags.TryGetValue(ModelHistory.Tag, out var history))
        {
            var versions = await stores.Registry.SearchModelVersionsAsync($"run_id = '{run.Info.RunId}'", 100, null, null, cancellationToken);
            foreach (var path in PathsOf(history))
            {
                var source = $"{run.Info.ArtifactUri.TrimEnd('/')}/{path}";
                found.Add(new(
                    path, ArtifactFiles.Of(run).Address(path), source, null,
                    [.. versions.Where(version => version.Source == source || version.Source == $"runs:/{run.Info.RunId}/{path}").Select(version => new LoggedModelRegistration(version.Name, version.Version))]));
            }
        }

        return found;
    }

    /// <summary>A model; null when it was deleted, which the run does not know.</summary>
    private async Task<LoggedModel?> FindAsync(string modelId, CancellationToken cancellationToken)
    {
        try
        {
            return await stores.Tracking.GetLoggedModelAsync(modelId, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }

    private static List<string> PathsOf(string history)
    {
        try
        {
            var paths = (JsonNode.Parse(history) as JsonArray ?? []).Select(model => model is JsonObject fields && fields["artifact_path"] is JsonValue path ? path.ToString() : null);
            return [.. paths.OfType<string>().Where(path => path.Length > 0).Select(ArtifactPath.CheckFile).Distinct()];
        }
        catch (Exception error) when (error is JsonException or MlflowException)
        {
            // Whoever wrote the tag wrote something else: the run's other things are still shown.
            return [];
        }
    }

    private sealed record Found(string Name, string Files, string Source, string? ModelId, IReadOnlyList<LoggedModelRegistration> Registered);
}
