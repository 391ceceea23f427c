using System.Globalization;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>Registered and logged models that the real MLflow wrote, read and continued by our client.</summary>
public sealed class GoldenRegistryTests
{
    public static TheoryData<string> Versions => GoldenStoreTests.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_registered_model_is_read_as_MLflow_reads_it(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();

        var read = client.SearchRegisteredModels().Select(model => (JsonNode)new JsonObject
        {
            ["aliases"] = Map(model.Aliases, version => int.Parse(version, CultureInfo.InvariantCulture)),
            ["description"] = model.Description,
            ["name"] = model.Name,
            ["tags"] = Map(model.Tags, value => value),
            ["versions"] = new JsonArray([.. client.SearchModelVersions($"name = '{model.Name}'", orderBy: ["version_number"]).Select(Json)]),
        });

        Assert.Equal(store.Registry["registered_models"]!.ToJsonString(), new JsonArray([.. read]).ToJsonString());
        Assert.Equal("2", client.GetModelVersionByAlias("mnist-classifier", "champion").Version);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_logged_model_is_read_as_MLflow_reads_it(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();
        if (mlflow.StartsWith('2'))
        {
            Assert.Empty(store.Registry["logged_models"]!.AsArray());
            Assert.Equal(ErrorCode.NotImplemented, Assert.Throws<MlflowException>(() => client.SearchLoggedModels(["1"])).ErrorCode);
            return;
        }

        var read = client.SearchLoggedModels(["0", "1", "2", "3"]).Select(model => (JsonNode)new JsonObject
        {
            ["artifact_location"] = model.ArtifactLocation,
            ["creation_timestamp"] = model.CreationTime.ToUnixTimeMilliseconds(),
            ["experiment_id"] = model.ExperimentId,
            ["last_updated_timestamp"] = model.LastUpdatedTime.ToUnixTimeMilliseconds(),
            ["metrics"] = new JsonArray([.. model.Metrics.Select(Json)]),
            ["model_id"] = model.ModelId,
            ["model_type"] = model.ModelType,
            ["name"] = model.Name,
            ["params"] = Map(model.Params, value => value),
            ["source_run_id"] = model.SourceRunId,
            ["status"] = (int)model.Status,
            ["status_message"] = model.StatusMessage,
            ["tags"] = Map(model.Tags, value => value),
        });

        Assert.Equal(store.Registry["logged_models"]!.ToJsonString(), new JsonArray([.. read]).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Versions_and_aliases_can_be_added(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using (var client = store.NewClient())
        {
            Assert.Equal("3", client.CreateModelVersion("mnist-classifier", "models:/mnist-classifier/2").Version);
            client.SetRegisteredModelAlias("mnist-classifier", "champion", "3");
            client.SetModelVersionTag("mnist-classifier", "1", "validated", "no");
            client.RenameRegisteredModel("mnist-classifier", "digits");
        }

        using var again = store.NewClient();
        Assert.Equal(("3", "no"), (again.GetModelVersionByAlias("digits", "champion").Version, again.GetModelVersion("digits", "1").Tags["validated"]));
        Assert.Equal(again.GetModelVersionDownloadUri("digits", "2"), again.GetModelVersionDownloadUri("digits", "3"));
        Assert.Equal(["digits", "empty model"], again.SearchRegisteredModels().Select(model => model.Name));
    }

    private static JsonNode Json(ModelVersion version) => new JsonObject
    {
        // Python's search leaves them out.
        ["aliases"] = new JsonArray(),
        ["current_stage"] = version.CurrentStage,
        ["description"] = version.Description,
        ["run_id"] = version.RunId,
        ["source"] = version.Source,
        ["status"] = version.Status.ToString().ToUpperInvariant(),
        ["tags"] = Map(version.Tags, value => value),
        ["version"] = int.Parse(version.Version, CultureInfo.InvariantCulture),
    };

    private static JsonNode Json(Metric metric) => new JsonObject
    {
        ["dataset_digest"] = metric.DatasetDigest,
        ["dataset_name"] = metric.DatasetName,
        ["key"] = metric.Key,
        ["model_id"] = metric.ModelId,
        ["run_id"] = metric.RunId,
        ["step"] = metric.Step,
        ["timestamp"] = metric.Timestamp,
        ["value"] = metric.Value,
    };

    private static JsonObject Map(IReadOnlyDictionary<string, string> items, Func<string, JsonNode> convert) =>
        new(items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, (JsonNode?)convert(item.Value))));
}
