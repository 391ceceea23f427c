using System.Text.Json.Nodes;
using MLflowSharp.Server;

namespace Interop.Scoring;

/// <summary>The same requests to the scoring server of the real MLflow and to ours, over models that MLflow logged.</summary>
public sealed class ScoringServerTests : IDisposable
{
    private const double Tolerance = 1e-6;

    private static readonly string Row = string.Join(", ", Enumerable.Range(1, 6).Select(value => $"0.{value}"));
    private static readonly string Columns = """["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"]""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_model_of_a_tensor_is_answered_for_as_by_MLflow() => CompareAsync(
        "onnx-3.17.2",
        [
            new("ping", Method: "GET", Path: "/ping"),
            new("health", Method: "GET", Path: "/health"),
            new("version", Method: "GET", Path: "/version"),
            new("unknown path", Method: "GET", Path: "/nothing"),
            new("wrong method", Method: "GET"),
            new("inputs", """{"inputs": [[ROW], [1, 2, 3, 4, 5, 6]]}"""),
            new("instances", """{"instances": [[ROW]]}"""),
            new("whole numbers", """{"inputs": [[1, 0, 0, 255, 0, 7]]}"""),
            new("texts that are numbers", """{"inputs": [["1", "0.5", 0, 0, 0, 7]]}"""),
            new("truth values", """{"inputs": [[true, false, 0, 0, 0, 7]]}"""),
            new("missing values", """{"inputs": [[null, NaN, 0, 0, 0, 7]]}"""),
            new("params", """{"inputs": [[ROW]], "params": {"top": 3}}"""),
            new("charset", """{"inputs": [[ROW]]}""", "application/json; charset=utf-8"),
            new("split", """{"dataframe_split": {"columns": ["a", "b", "c", "d", "e", "f"], "data": [[ROW], [ROW]]}}"""),
            new("split without names", """{"dataframe_split": {"data": [[ROW]]}}"""),
            new("records", """{"dataframe_records": [{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}, {"f": 6, "a": 1, "b": 2, "c": 3, "d": 4, "e": 5}]}"""),
            new("rows in one column", """{"dataframe_split": {"columns": ["row"], "data": [[[ROW]], [[ROW]]]}}"""),
            new("too narrow", """{"inputs": [[1, 2]]}"""),
            new("one dimension", """{"inputs": [ROW]}"""),
            new("three dimensions", """{"inputs": [[[ROW]]]}"""),
            new("narrow table", """{"dataframe_split": {"data": [[1, 2]]}}"""),
            new("empty table", """{"dataframe_split": {"columns": ["a"], "data": []}}"""),
            new("no rows", """{"inputs": []}"""),
            new("texts", """{"inputs": [["a", 2, 3, 4, 5, 6]]}"""),
            new("ragged", """{"inputs": [[1, 2], [3]]}"""),
            new("a name where there is none", """{"inputs": {"input": [[ROW]]}}"""),
            new("instances with names", """{"instances": [{"input": [ROW]}]}"""),
            new("two formats", """{"inputs": [[ROW]], "instances": [[ROW]]}"""),
            new("no format", """{"rows": [[1]]}"""),
            new("a list", "[[1, 2]]"),
            new("broken JSON", """{"inputs": [[1, 2"""),
            new("empty body"),
            new("split that is a list", """{"dataframe_split": [[1]]}"""),
            new("split with another key", """{"dataframe_split": {"data": [[1]], "rows": 1}}"""),
            new("records that are an object", """{"dataframe_records": {"a": 1}}"""),
            new("XML", "<a/>", "application/xml"),
            new("Latin-1", """{"inputs": [[ROW]]}""", "application/json; charset=latin-1"),
            new("format parameter", """{"inputs": [[ROW]]}""", "application/json; format=pandas-split"),
            // MLflow cannot read CSV for a model of tensors, and fails where no media type is given.
            new("CSV", "a,b,c,d,e,f\n1,2,3,4,5,6\n", "text/csv", OurStatus: 200),
            new("no media type", """{"inputs": [[ROW]]}""", null, OurStatus: 415),
        ]);

    [Fact]
    public Task A_model_of_columns_is_answered_for_as_by_MLflow() => CompareAsync(
        "sklearn-columns-3.17.2",
        [
            // MLflow lays the two outputs out in columns of different lengths, and fails; we answer with a record for each row.
            new("split", """{"dataframe_split": {"columns": COLUMNS, "data": [[5.1, 3.5, 1.4, 0.2], [6.9, 3.2, 5.7, 2.3]]}}""", OurStatus: 200),
            new("CSV", "sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n", "text/csv", OurStatus: 200),
            new("a column is missing", """{"dataframe_split": {"columns": ["sepal length (cm)"], "data": [[5.1]]}}"""),
            new("a text in a column", """{"dataframe_split": {"columns": COLUMNS, "data": [["x", 3.5, 1.4, 0.2]]}}"""),
            new("a long row", """{"dataframe_split": {"columns": COLUMNS, "data": [[5.1, 3.5, 1.4, 0.2, 9]]}}"""),
            new("broken CSV", "sepal length (cm)\n\"", "text/csv"),
        ]);

    private async Task CompareAsync(string model, IReadOnlyList<ScoringRequest> requests)
    {
        var python = PythonEnvironment.Require();
        var folder = Path.Combine(AppContext.BaseDirectory, "Scoring", "Models", model);
        var file = Path.Combine(_folder.FullName, "requests.json");
        await File.WriteAllTextAsync(
            file,
            new JsonArray([.. requests.Select(request => new JsonArray(request.Method, request.Path, request.ContentType, Whole(request)))]).ToJsonString(),
            TestContext.Current.CancellationToken);
        var theirs = await python.RunAsync("scoring_answers", PythonEnvironment.NewestMlflow, folder, file);
        await using var server = await ScoringServer.StartAsync(folder, new() { Port = 0 }, cancellationToken: TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new(server.Uri) };

        var differences = new List<string>();
        foreach (var (request, their) in requests.Zip(theirs.AsArray()))
        {
            if (await DifferenceAsync(http, request, (int)their![0]!, (string)their[1]!, (string)their[2]!) is { } difference)
                differences.Add(difference);
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    /// <summary>A body in which ROW is a row that the model takes, and COLUMNS the names of its columns.</summary>
    private static string Whole(ScoringRequest request) =>
        request.Body.Replace("ROW", Row, StringComparison.Ordinal).Replace("COLUMNS", Columns, StringComparison.Ordinal);

    /// <summary>Where the two answers differ that should not; null when they do not.</summary>
    private static async Task<string?> DifferenceAsync(HttpClient http, ScoringRequest request, int status, string type, string text)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        if (request.Method == "POST")
        {
            message.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Whole(request)));
            if (request.ContentType is not null)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var answer = await http.SendAsync(message, TestContext.Current.CancellationToken);
        var ours = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isAlike = request.OurStatus is { } meant
            // Where theirs has come to do it as well, the answers must be compared.
            ? (int)answer.StatusCode == meant && status != meant
            : (int)answer.StatusCode == status && answer.Content.Headers.ContentType?.MediaType == type && IsAlike(request, status, type, text, ours);
        return isAlike ? null : $"{request.Name}:\nours   {(int)answer.StatusCode} {ours}\ntheirs {status} {text[..Math.Min(text.Length, 1000)]}";
    }

    private static bool IsAlike(ScoringRequest request, int status, string type, string theirs, string ours) => (status, type) switch
    {
        (200, _) when request.Path == "/invocations" => AreAlike(Parse(theirs), Parse(ours)),
        // The reason is in other and fewer words.
        (400, _) => JsonNode.Parse(ours)!.AsObject() is { Count: 2 } error && (string?)error["error_code"] == (string?)JsonNode.Parse(theirs)!["error_code"] && ours.Length < 400,
        (_, "application/json") => theirs == ours,
        _ => true,
    };

    /// <summary>Python's <c>NaN</c> is no JSON; as a text it can be compared.</summary>
    private static JsonNode Parse(string text) => JsonNode.Parse(text.Replace("NaN", "\"NaN\"", StringComparison.Ordinal))!;

    private static bool AreAlike(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonObject first, JsonObject second) => first.Count == second.Count && first.All(member => AreAlike(member.Value, second[member.Key])),
        (JsonArray first, JsonArray second) => first.Count == second.Count && first.Zip(second).All(pair => AreAlike(pair.First, pair.Second)),
        (JsonValue first, JsonValue second) when first.TryGetValue<double>(out var number) && second.TryGetValue<double>(out var same) => Math.Abs(number - same) <= Tolerance,
        _ => JsonNode.DeepEquals(one, other),
    };
}
