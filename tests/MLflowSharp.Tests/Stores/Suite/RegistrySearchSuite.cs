using System.Globalization;
using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>Our search for registered models and versions against what MLflow 3.17.2 answered to the same questions.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class RegistrySearchSuite<TStore>(RecordedRegistry<TStore> registry) : IClassFixture<RecordedRegistry<TStore>>
    where TStore : StoreUnderTest, new()
{
    private static readonly JsonNode Recorded = RecordedAnswers.Read("registry-3.17.2.json");

    [Fact]
    public void Every_query_for_registered_models_is_answered_as_MLflow_answers_it()
    {
        var queries = Recorded["registered_model_queries"]!;

        RecordedAnswers.AssertSame(queries, query => new JsonObject
        {
            ["names"] = new JsonArray([.. registry.Client.SearchRegisteredModels((string)query["filter"]!, orderBy: Orders(query)).Select(model => (JsonNode)registry.RecordedName(model.Name))]),
        });
        Assert.Equal(22, queries.AsArray().Count);
    }

    [Fact]
    public void Every_query_for_versions_is_answered_as_MLflow_answers_it()
    {
        var queries = Recorded["model_version_queries"]!;

        RecordedAnswers.AssertSame(queries, query => new JsonObject
        {
            ["versions"] = new JsonArray([.. registry.Client.SearchModelVersions((string)query["filter"]!, orderBy: Orders(query))
                .Select(version => (JsonNode)new JsonArray(registry.RecordedName(version.Name), int.Parse(version.Version, CultureInfo.InvariantCulture)))]),
        });
        Assert.Equal(27, queries.AsArray().Count);
    }

    [Fact]
    public void Prompts_are_found_by_who_asks_for_them()
    {
        Assert.Equal(["prompt"], registry.Client.SearchRegisteredModels("tags.`mlflow.prompt.is_prompt` = 'true'").Select(model => model.Name));
        Assert.Equal(["mnist"], registry.Client.SearchRegisteredModels("tags.`mlflow.prompt.is_prompt` = 'false' AND tags.task = 'digits'").Select(model => model.Name));
        Assert.Equal(["mnist"], registry.Client.SearchRegisteredModels("tags.`mlflow.prompt.is_prompt` != 'true' AND name LIKE 'm%'").Select(model => model.Name));
    }

    [Fact]
    public void Pages_follow_each_other()
    {
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = registry.Client.SearchModelVersions("version_number < 3", maxResults: 3, orderBy: ["name", "version_number"], pageToken: token);
            seen.AddRange(page.Select(version => $"{registry.RecordedName(version.Name)} {version.Version}"));
            token = page.Token;
        }
        while (token is not null);

        Assert.Equal(["Mnist-2 1", "Mnist-2 2", "fashion%2 1", "fashion%2 2", "fashion_1 1", "fashion_1 2", "mnist 1", "mnist 2"], seen);
        Assert.Equal(["Mnist-2", "fashion%2"], registry.Client.SearchRegisteredModels(maxResults: 2).Select(model => registry.RecordedName(model.Name)));
    }

    private static string[] Orders(JsonNode query) => [.. query["order_by"]!.AsArray().GetValues<string>()];
}
