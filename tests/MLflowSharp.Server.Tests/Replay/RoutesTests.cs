using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MLflowSharp.Stores;
using MLflowSharp.Tests;
using MLflowSharp.Tests.Protocol;

namespace MLflowSharp.Server.Tests.Replay;

/// <summary>
/// Every address that MLflow 3.17.2 has, and every request that 37 of its pages make: which of them this server knows. What it does not know is in no list by
/// accident, but with a reason; the counts stand in <c>docs/tracking-server.md</c>.
/// </summary>
public sealed partial class RoutesTests : IDisposable
{
    private const string Agents = "helpers that work with language models are no part of this course";

    /// <summary>Beginnings of addresses below <c>mlflow/</c> that are not known, with what they are and why.</summary>
    private static readonly (string Start, string What, string Why)[] Refused =
    [
        ("mcp-servers", "MCP servers", Agents),
        ("gateway", "the AI gateway", Agents),
        ("assistant", "the assistant", Agents + "; that there is none is answered"),
        ("jobs", "jobs", "nothing here works in the background"),
        ("prompt-optimization", "jobs", "nothing here works in the background"),
        ("issues", "issues, reviews and scorers of language models", Agents),
        ("label-schemas", "issues, reviews and scorers of language models", Agents),
        ("review-queues", "issues, reviews and scorers of language models", Agents),
        ("scorer", "issues, reviews and scorers of language models", Agents + "; lists are answered, and are empty"),
        ("genai", "issues, reviews and scorers of language models", Agents),
        ("demo", "issues, reviews and scorers of language models", Agents),
        ("datasets", "evaluation datasets", "only searched for, and there are none; the datasets of runs are known"),
        ("webhooks", "webhooks", "the server calls nobody"),
        ("workspaces", "workspaces", "there is one, as in MLflow unless several are asked for"),
        ("runs/create-promptlab-run", "prompt lab", Agents),
        ("get-online-trace-details", "addresses of Databricks", "MLflow's own server fails there, too"),
        ("unified-traces", "addresses of Databricks", "MLflow's own server fails there, too"),
        ("experiments/search-datasets", "misspelt addresses", "`/api/2.0mlflow/…` is a slip in MLflow; the pages' address is known"),
        ("ui-telemetry", "usage data", "none is taken"),
        ("graphql", "GraphQL by GET", "the pages and clients use POST"),
        ("traces/link-prompts", "issues, reviews and scorers of language models", Agents),
        ("traces/calculate-filter-correlation", "issues, reviews and scorers of language models", Agents),
        ("build/", "files of the pages", "an older name of `static-files`"),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly MlflowStores _stores = StoreFactory.Open("sqlite:///:memory:", new() { DatabaseVersion = "3.17" });
    private readonly RestApi _api;

    public RoutesTests()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "index.html"), "");
        _api = new(_stores, new() { PagesFolder = _folder.FullName, ArtifactsDestination = _folder.FullName, OnError = _ => { } });
    }

    public void Dispose()
    {
        _api.Dispose();
        _stores.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_address_of_MLflow_is_known_or_left_out_for_a_reason()
    {
        var routes = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Rest", "routes-3.17.2.txt"), TestContext.Current.CancellationToken))
            .Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3).Select(parts => (Method: parts[1], Path: parts[2])).ToList();
        var known = new List<string>();
        var refused = new List<(string What, string Why)>();
        var unexplained = new List<string>();
        foreach (var (method, path) in routes)
        {
            var start = BelowMlflow().Replace(path, "");
            if (await IsKnownAsync(method, Placeholder().Replace(path, "x").Replace("static-files/x", "static-files/index.html", StringComparison.Ordinal)))
                known.Add(start);
            else if (Refused.FirstOrDefault(refusal => start.StartsWith(refusal.Start, StringComparison.Ordinal)) is { What: { } what } refusal)
                refused.Add((what, refusal.Why));
            else
                unexplained.Add($"{method} {path}");
        }

        Assert.Empty(unexplained);
        var text = new StringBuilder($"| Addresses (method and path) | |\n|---|---:|\n| in MLflow 3.17.2 | {routes.Count} |\n| **known here** | **{known.Count}** |\n");
        foreach (var group in refused.GroupBy(refusal => refusal.What).OrderByDescending(group => group.Count()))
            text.Append($"| left out: {group.Key} ({group.OrderByDescending(refusal => refusal.Why.Length).First().Why}) | {group.Count()} |\n");
        new PageBlock("tracking-server", "routes").Holds(text.ToString());
    }

    [Fact]
    public async Task Every_request_that_the_pages_make_is_answered()
    {
        var calls = RecordedCall.ReadLines("pages-3.17.2").Select(call => JsonNode.Parse(call)!).ToList();
        var unknown = new List<string>();
        foreach (var call in calls)
        {
            if (!await IsKnownAsync((string)call["method"]!, (string)call["path"]!, (string?)call["body"]))
                unknown.Add(BelowMlflow().Replace(((string)call["path"]!).Split('?')[0], ""));
        }

        // The pages ask whether there are users; 404 says that there are none, in MLflow as well.
        Assert.Equal(["users/current"], unknown);
        new PageBlock("tracking-server", "page requests").Holds(
            $"37 pages were recorded, which make {calls.Count} different requests: {calls.Count - unknown.Count} are answered, and {unknown.Count} (`users/current`) with 404, as by MLflow without users.\n");
    }

    private async Task<bool> IsKnownAsync(string method, string target, string? body = null)
    {
        var request = new RestRequest
        {
            Method = method,
            Target = target,
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? "{}")),
        };
        var answer = await Answer.OfAsync(await _api.HandleAsync(request, TestContext.Current.CancellationToken));
        Assert.NotEqual(500, answer.Status);
        return answer.Status is not (404 or 405) || answer.ContentType?.StartsWith("text/html", StringComparison.Ordinal) != true;
    }

    [GeneratedRegex("^/?(?:(?:ajax-)?api/[23].0/?)?(?:mlflow/)?")]
    private static partial Regex BelowMlflow();

    [GeneratedRegex("<[^>]*>|{[^}]*}")]
    private static partial Regex Placeholder();
}
