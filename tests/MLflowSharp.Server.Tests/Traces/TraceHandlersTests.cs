using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp.Stores;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Traces;

/// <summary>What was not recorded from MLflow: other stores, odd bytes, files beside traces.</summary>
public sealed class TraceHandlersTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private static readonly (string, string)[] ToDefault = [("x-mlflow-experiment-id", "0")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_files_keeps_no_traces_and_says_so()
    {
        using var stores = StoreFactory.Open(_folder.FullName, new());
        using var api = new RestApi(stores, new() { OnError = _ => { } });

        foreach (var (method, target, body) in new[] { ("POST", "/v1/traces", Spans()), ("POST", "/api/3.0/mlflow/traces/search", "{\"locations\":[{}]}"), ("GET", $"/api/3.0/mlflow/traces/tr-{Trace}", "") })
        {
            var answer = await SendAsync(api, method, target, Encoding.UTF8.GetBytes(body));

            Assert.Equal((501, "NOT_IMPLEMENTED"), (answer.Status, answer.ErrorCode));
            Assert.Contains("database", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2.15")]
    [InlineData("3.3")]
    public async Task An_older_database_has_no_traces_and_takes_none(string version)
    {
        using var stores = StoreFactory.Open("sqlite:///:memory:", new() { DatabaseVersion = version });
        using var api = new RestApi(stores, new() { OnError = _ => { } });

        var refused = await SendAsync(api, "POST", "/v1/traces", Encoding.UTF8.GetBytes(Spans()));
        Assert.Equal((501, "NOT_IMPLEMENTED"), (refused.Status, refused.ErrorCode));
        Assert.Contains("mlflow db upgrade", refused.Text, StringComparison.Ordinal);
        Assert.Equal("{}", (await SendAsync(api, "POST", "/api/3.0/mlflow/traces/search", "{\"locations\":[{\"mlflow_experiment\":{\"experiment_id\":\"0\"}}]}"u8.ToArray())).Text);
        var measured = await SendAsync(api, "POST", "/api/3.0/mlflow/traces/metrics", """{"experiment_ids":["0"],"view_type":"TRACES","metric_name":"trace_count","aggregations":[{"aggregation_type":"COUNT"}]}"""u8.ToArray());
        Assert.Equal("{}", measured.Text);
    }

    [Fact]
    public async Task No_bytes_and_no_JSON_make_the_server_fail()
    {
        using var api = new ApiUnderTest();
        var json = Encoding.UTF8.GetBytes(Spans());
        var random = new Random(1);
        var statuses = new HashSet<int>();
        for (var i = 0; i < 3000; i++)
        {
            var (type, body) = i % 2 == 0 ? ("application/json", json.ToArray()) : ("application/x-protobuf", Protobuf());
            for (var change = 0; change < 1 + (i % 4); change++)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            var answer = await SendAsync(api.Api, "POST", "/v1/traces", body[..random.Next(1, body.Length + 1)], type);
            statuses.Add(answer.Status);
        }

        Assert.All(statuses, status => Assert.Contains(status, (int[])[200, 400, 422]));
        Assert.Empty(api.Errors);
    }

    [Fact]
    public async Task Values_within_each_other_without_end_are_refused()
    {
        using var api = new ApiUnderTest();
        byte[] value = [];
        for (var depth = 0; depth < 3000; depth++)
            value = Field(5, Field(1, value));

        var answer = await SendAsync(api.Api, "POST", "/v1/traces", Message(Field(9, [.. Field(1, "deep"u8.ToArray()), .. Field(2, value)])), "application/x-protobuf");

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task A_file_beside_a_trace_is_given_and_no_other()
    {
        using var api = new ApiUnderTest();
        await SendAsync(api.Api, "POST", "/v1/traces", Encoding.UTF8.GetBytes(Spans()));
        var attachments = Directory.CreateDirectory(Path.Combine(api.Folder, "0", "traces", $"tr-{Trace}", "artifacts", "attachments"));
        await File.WriteAllTextAsync(Path.Combine(attachments.FullName, "picture.txt"), "here", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(api.Folder, "secret.txt"), "there", TestContext.Current.CancellationToken);

        Assert.Equal((200, "here"), (await GetAsync("picture.txt") is var found ? (found.Status, found.Text) : default));
        Assert.Equal(404, (await GetAsync("none.txt")).Status);
        Assert.Equal(400, (await GetAsync("../../../../../secret.txt")).Status);
        Assert.Equal(400, (await GetAsync("%2e%2e/%2e%2e/secret.txt")).Status);

        Task<Answer> GetAsync(string path) => api.SendAsync("GET", $"/ajax-api/3.0/mlflow/get-trace-artifact?request_id=tr-{Trace}&path={path}");
    }

    [Fact]
    public async Task A_trace_that_is_not_whole_yet_is_not_given_as_whole()
    {
        using var api = new ApiUnderTest();
        await SendAsync(api.Api, "POST", "/v1/traces", Encoding.UTF8.GetBytes(Spans()));
        await api.SendAsync("POST", "/api/3.0/mlflow/traces", new JsonObject
        {
            ["trace"] = new JsonObject
            {
                ["trace_info"] = new JsonObject
                {
                    ["trace_id"] = $"tr-{Trace}",
                    ["trace_location"] = new JsonObject { ["mlflow_experiment"] = new JsonObject { ["experiment_id"] = "0" } },
                    ["state"] = "OK",
                    ["trace_metadata"] = new JsonObject { ["mlflow.trace.sizeStats"] = "{\"num_spans\": 2}" },
                },
            },
        }.ToJsonString());

        var part = await api.SendAsync("GET", $"/api/3.0/mlflow/traces/get?trace_id=tr-{Trace}");
        Assert.Equal((404, "RESOURCE_DOES_NOT_EXIST"), (part.Status, part.ErrorCode));
        Assert.Equal("{}", (await api.SendAsync("GET", $"/api/3.0/mlflow/traces/batchGet?trace_ids=tr-{Trace}")).Text);
        Assert.Equal(200, (await api.SendAsync("GET", $"/api/3.0/mlflow/traces/get?trace_id=tr-{Trace}&allow_partial=true")).Status);
    }

    private static Task<Answer> SendAsync(RestApi api, string method, string target, byte[] body, string type = "application/json") => SendAsync(
        api,
        new()
        {
            Method = method,
            Target = target,
            Headers = ToDefault.Append(("Content-Type", type)).ToDictionary(header => header.Item1, header => header.Item2),
            Body = new MemoryStream(body),
        });

    private static async Task<Answer> SendAsync(RestApi api, RestRequest request) => await Answer.OfAsync(await api.HandleAsync(request, TestContext.Current.CancellationToken));

    private static string Spans() => """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"TRACE","spanId":"b7ad6b7169203331","name":"one","startTimeUnixNano":"1795472268830714133",
        "endTimeUnixNano":"1795472268835714133","status":{"code":1},"attributes":[{"key":"list","value":{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":0.5}]}}}]}]}]}]}
        """.Replace("TRACE", Trace, StringComparison.Ordinal);

    private static byte[] Protobuf() => Message([.. Field(9, [.. Field(1, "key"u8.ToArray()), .. Field(2, Field(5, Field(1, [0x18, 0x05])))])]);

    private static byte[] Message(byte[] attributes)
    {
        byte[] span = [.. Field(1, Convert.FromHexString(Trace)), .. Field(2, Convert.FromHexString("b7ad6b7169203331")), .. Field(5, "one"u8.ToArray()), 0x39, 1, 2, 3, 4, 5, 6, 7, 8, 0x41, 2, 2, 3, 4, 5, 6, 7, 8, .. attributes];
        return Field(1, Field(2, Field(2, span)));
    }

    /// <summary>A field of bytes with a number below 16.</summary>
    private static byte[] Field(int number, byte[] content)
    {
        var length = new List<byte>();
        for (var left = content.Length; ; left >>= 7)
        {
            length.Add((byte)(left < 128 ? left : (left & 127) | 128));
            if (left < 128)
                break;
        }

        return [(byte)((number << 3) | 2), .. length, .. content];
    }
}
