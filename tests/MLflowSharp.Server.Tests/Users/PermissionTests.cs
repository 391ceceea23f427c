using System.Net;
using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Tests.Users;

/// <summary>What users with one of MLflow's permissions can do, through every way to the data.</summary>
public sealed class PermissionTests
{
    [Theory]
    [InlineData("NO_PERMISSIONS", 403, 403, 403)]
    [InlineData("READ", 200, 403, 403)]
    [InlineData("EDIT", 200, 200, 403)]
    [InlineData("MANAGE", 200, 200, 200)]
    public async Task An_experiment_is_read_changed_and_deleted_by_who_may(string permission, int reading, int changing, int deleting)
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "owner", "user");
        using var owner = server.ClientOf("owner");
        var experiment = owner.CreateExperiment("of owner");
        var run = owner.CreateRun(experiment).Info.RunId;
        owner.LogBatch(run, [new("loss", 0.5, 1, 2)], [], []);
        var model = owner.CreateLoggedModel(experiment, "cnn").ModelId;
        owner.LogText(run, "secret", "notes.txt");
        var trace = """{"trace": {"trace_info": {"trace_id": "tr-1", "trace_location": {"mlflow_experiment": {"experiment_id": "ITS"}}}}}""".Replace("ITS", experiment, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("owner", "POST", "api/3.0/mlflow/traces", trace)).Status);
        await server.GrantAsync(experiment, "user", permission, by: "owner");

        string[] reads =
        [
            $"GET api/2.0/mlflow/experiments/get?experiment_id={experiment}",
            "GET api/2.0/mlflow/experiments/get-by-name?experiment_name=of%20owner",
            $"GET api/2.0/mlflow/runs/get?run_id={run}",
            $"GET api/2.0/mlflow/metrics/get-history?run_id={run}&metric_key=loss",
            $"GET ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={run}&metric_key=loss",
            $"GET ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=loss",
            $"GET api/2.0/mlflow/artifacts/list?run_id={run}",
            $"GET get-artifact?run_id={run}&path=notes.txt",
            $"GET api/2.0/mlflow/logged-models/{model}",
            "GET api/3.0/mlflow/traces/tr-1",
            $"GET api/2.0/mlflow-artifacts/artifacts?path={experiment}/{run}/artifacts",
            $"GET api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/notes.txt",
            $"GET api/2.0/mlflow-artifacts/presigned/{experiment}/{run}/artifacts/notes.txt",
            $$"""POST api/2.0/mlflow/artifacts/presigned-download-url {"run_id": "{{run}}", "path": "notes.txt"}""",
        ];
        string[] changes =
        [
            $$"""POST api/2.0/mlflow/runs/create {"experiment_id": "{{experiment}}"}""",
            $$"""POST api/2.0/mlflow/runs/log-metric {"run_id": "{{run}}", "key": "a", "value": 1, "timestamp": 1}""",
            $$"""POST api/2.0/mlflow/runs/log-parameter {"run_id": "{{run}}", "key": "p", "value": "1"}""",
            $$"""POST api/2.0/mlflow/runs/set-tag {"run_id": "{{run}}", "key": "t", "value": "1"}""",
            $$"""POST api/2.0/mlflow/runs/update {"run_id": "{{run}}", "status": "FINISHED"}""",
            $$"""POST api/2.0/mlflow/experiments/set-experiment-tag {"experiment_id": "{{experiment}}", "key": "t", "value": "1"}""",
            $"POST api/3.0/mlflow/traces {trace}",
            """PATCH api/3.0/mlflow/traces/tr-1/tags {"key": "a", "value": "b"}""",
            $$"""POST api/2.0/mlflow/traces/link-to-run {"trace_ids": ["tr-1"], "run_id": "{{run}}"}""",
            $$"""POST api/2.0/mlflow/logged-models {"experiment_id": "{{experiment}}", "name": "m"}""",
            $$"""POST ajax-api/2.0/mlflow/upload-artifact?run_uuid={{run}}&path=up.txt {}""",
            $$"""PUT api/2.0/mlflow-artifacts/artifacts/{{experiment}}/{{run}}/artifacts/a.txt {}""",
            $$"""POST api/2.0/mlflow-artifacts/mpu/create/{{experiment}}/{{run}} {"path": "a.txt", "num_parts": 1}""",
            $$"""POST api/2.0/mlflow-artifacts/mpu/complete/{{experiment}}/{{run}} {"path": "a.txt", "upload_id": "u", "parts": [{"part_number": 1, "etag": "e"}]}""",
            $$"""POST api/2.0/mlflow-artifacts/mpu/abort/{{experiment}}/{{run}} {"path": "a.txt", "upload_id": "u"}""",
            $$"""POST api/2.0/mlflow/artifacts/presigned-upload-url {"run_id": "{{run}}", "path": "a.txt"}""",
        ];
        string[] deletions =
        [
            $"DELETE api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/notes.txt",
            $$"""POST api/3.0/mlflow/traces/delete-traces {"experiment_id": "{{experiment}}", "request_ids": ["tr-1"]}""",
            $$"""POST api/2.0/mlflow/runs/delete {"run_id": "{{run}}"}""",
            $$"""POST api/2.0/mlflow/runs/restore {"run_id": "{{run}}"}""",
            $"DELETE api/2.0/mlflow/logged-models/{model}",
            $"GET api/2.0/mlflow/experiments/permissions/get?experiment_id={experiment}&username=owner",
            $$"""POST api/2.0/mlflow/experiments/delete {"experiment_id": "{{experiment}}"}""",
        ];
        foreach (var (call, expected) in reads.Select(call => (call, reading)).Concat(changes.Select(call => (call, changing))).Concat(deletions.Select(call => (call, deleting))))
        {
            var parts = call.Split(' ', 3);
            var (status, text) = await server.SendAsync("user", parts[0], parts[1], parts.Length > 2 ? parts[2] : null);
            // Who may is told that files in a folder go through the server.
            var wanted = (expected, parts[1]) switch
            {
                (200, var path) when path.EndsWith("-url", StringComparison.Ordinal) => 400,
                (200, var path) when path.Contains("/mpu/", StringComparison.Ordinal) || path.Contains("/presigned/", StringComparison.Ordinal) => 501,
                _ => expected,
            };
            Assert.True(wanted == (int)status, $"{call}: {(int)status} instead of {wanted}: {text}");
            if (expected == 403)
                Assert.Equal("PERMISSION_DENIED", (string?)JsonNode.Parse(text)!["error_code"]);
        }
    }

    [Fact]
    public async Task Searches_show_what_may_be_read_on_full_pages()
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "owner", "user");
        using var owner = server.ClientOf("owner");
        using var user = server.ClientOf("user");
        var experiments = Enumerable.Range(0, 7).Select(number => owner.CreateExperiment($"e{number}")).ToList();
        foreach (var experiment in experiments)
            owner.CreateRun(experiment);
        foreach (var number in (int[])[1, 4, 6])
            await server.GrantAsync(experiments[number], "user", "READ");
        foreach (var name in (string[])["a", "b", "c", "d"])
            owner.CreateRegisteredModel(name);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("owner", "POST", "api/2.0/mlflow/registered-models/permissions/create", """{"name": "c", "username": "user", "permission": "READ"}""")).Status);

        var first = user.SearchExperiments(maxResults: 2, orderBy: ["name ASC"]);
        var second = user.SearchExperiments(maxResults: 2, orderBy: ["name ASC"], pageToken: first.Token);
        Assert.Equal(["e1", "e4"], first.Select(experiment => experiment.Name));
        Assert.Equal(["e6"], second.Select(experiment => experiment.Name));
        Assert.Null(second.Token);
        Assert.Equal(["1", "4", "6"], user.SearchRuns(experiments).Select(run => experiments.IndexOf(run.Info.ExperimentId).ToString(System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Empty(user.SearchRuns([experiments[0]]));
        Assert.Equal(["c"], user.SearchRegisteredModels().Select(model => model.Name));
        Assert.Equal(7, owner.SearchRuns(experiments).Count);
        // An administrator sees all, and the experiment that was there before.
        using var admin = server.ClientOf("admin");
        Assert.Equal(8, admin.SearchExperiments().Count);
    }

    [Fact]
    public async Task GraphQL_and_the_light_pages_show_no_more()
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "owner", "user");
        using var owner = server.ClientOf("owner");
        var experiment = owner.CreateExperiment("hidden experiment");
        var run = owner.CreateRun(experiment, runName: "hidden run").Info.RunId;
        var query = new JsonObject
        {
            ["operationName"] = "GetRun",
            ["query"] = "query GetRun($data: MlflowGetRunInput!) { mlflowGetRun(input: $data) { run { info { runName } } } }",
            ["variables"] = new JsonObject { ["data"] = new JsonObject { ["runId"] = run } },
        }.ToJsonString();

        Assert.Contains("hidden run", (await server.SendAsync("owner", "POST", "graphql", query)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden run", (await server.SendAsync("user", "POST", "graphql", query)).Text, StringComparison.Ordinal);
        foreach (var page in (string[])["light/experiments", $"light/experiments/{experiment}", $"light/runs/{run}"])
            Assert.DoesNotMatch("hidden (experiment|run)", (await server.SendAsync("user", "GET", page)).Text);
        Assert.Contains("hidden experiment", (await server.SendAsync("owner", "GET", "light/experiments")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_model_is_its_makers_and_its_permissions_follow_its_name_and_end_with_it()
    {
        await using var server = await UserServer.StartAsync("READ", "owner", "user");
        using var owner = server.ClientOf("owner");
        using var user = server.ClientOf("user");
        owner.CreateRegisteredModel("digits");

        Assert.Equal("digits", user.GetRegisteredModel("digits").Name);
        Assert.Equal(ErrorCode.PermissionDenied, Assert.Throws<MlflowException>(() => user.SetRegisteredModelTag("digits", "a", "b")).ErrorCode);
        Assert.Equal(ErrorCode.PermissionDenied, Assert.Throws<MlflowException>(() => user.DeleteRegisteredModel("digits")).ErrorCode);
        owner.RenameRegisteredModel("digits", "numbers");
        owner.SetRegisteredModelTag("numbers", "a", "b");
        owner.DeleteRegisteredModel("numbers");

        user.CreateRegisteredModel("numbers");
        Assert.Equal(ErrorCode.PermissionDenied, Assert.Throws<MlflowException>(() => owner.SetRegisteredModelTag("numbers", "a", "b")).ErrorCode);
    }

    [Theory]
    [InlineData("../9/secret.txt")]
    [InlineData("..%2F9%2Fsecret.txt")]
    [InlineData("%2e%2e/9/secret.txt")]
    [InlineData(".%2F9/secret.txt")]
    [InlineData("%2F9/secret.txt")]
    [InlineData("1/..%2F..%2F9/secret.txt")]
    public async Task A_path_cannot_be_written_so_that_it_is_anothers(string path)
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "user");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("admin", "PUT", "api/2.0/mlflow-artifacts/artifacts/9/secret.txt", "secret")).Status);
        await server.GrantAsync("1", "user", "MANAGE");

        foreach (var place in (string[])["api/2.0/mlflow-artifacts/artifacts/", "api/2.0/mlflow%2Dartifacts/artifacts/", "api/2.0/mlflow-artifacts%2Fartifacts/"])
        {
            var (status, text) = await server.SendAsync("user", "GET", place + path);
            Assert.InRange((int)status, 400, 404);
            Assert.DoesNotContain("\"secret\"", text, StringComparison.Ordinal);
        }

        var listed = await server.SendAsync("user", "GET", "api/2.0/mlflow%2Dartifacts/artifacts");
        Assert.DoesNotContain("\"9\"", listed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://bucket/kept/9/x", false)]
    [InlineData("S3://bucket//kept/", false)]
    [InlineData("s3://bucket/kept?x=1", false)]
    [InlineData("s3://bucket", false)]
    [InlineData("s3://bucket/kept elsewhere", true)]
    [InlineData("s3://other/kept", true)]
    public async Task What_the_server_keeps_in_S3_cannot_be_reached_by_its_address_there(string location, bool isAllowed)
    {
        await using var server = await UserServer.StartWithAsync("NO_PERMISSIONS", options => options with { ArtifactsDestination = "s3://bucket/kept" }, "user");
        using var user = server.ClientOf("user");
        user.CreateRegisteredModel("digits");

        var refusals = new[] { Refusal(() => user.CreateExperiment("mine", location)), Refusal(() => user.CreateModelVersion("digits", location)) };

        Assert.Equal(isAllowed ? [null, null] : new ErrorCode?[] { ErrorCode.PermissionDenied, ErrorCode.PermissionDenied }, refusals);

        static ErrorCode? Refusal(Action action) => (Record.Exception(action) as MlflowException)?.ErrorCode;
    }

    [Fact]
    public async Task A_trace_cannot_be_told_that_its_file_lies_with_others()
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "user");
        using var user = server.ClientOf("user");
        var experiment = user.CreateExperiment("mine");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("admin", "PUT", "api/2.0/mlflow-artifacts/artifacts/9/x/traces.json", "\"secret\"")).Status);
        var trace = new JsonObject
        {
            ["trace"] = new JsonObject
            {
                ["trace_info"] = new JsonObject
                {
                    ["trace_id"] = "tr-9",
                    ["trace_location"] = new JsonObject { ["type"] = "MLFLOW_EXPERIMENT", ["mlflow_experiment"] = new JsonObject { ["experiment_id"] = experiment } },
                    ["request_time"] = "2026-11-26T10:00:00Z",
                    ["state"] = "OK",
                    ["tags"] = new JsonObject { ["mlflow.artifactLocation"] = "mlflow-artifacts:/9/x" },
                },
            },
        };

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("user", "POST", "api/3.0/mlflow/traces", trace.ToJsonString())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("user", "PATCH", "api/3.0/mlflow/traces/tr-9/tags", """{"key": "mlflow.artifactLocation", "value": "mlflow-artifacts:/9/x"}""")).Status);
        var ended = """{"request_id": "tr-9", "timestamp_ms": 1795471549000, "status": "OK", "tags": [{"key": "mlflow.artifactLocation", "value": "mlflow-artifacts:/9/x"}]}""";
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("user", "PATCH", "api/2.0/mlflow/traces/tr-9", ended)).Status);

        var (_, text) = await server.SendAsync("user", "GET", "ajax-api/3.0/mlflow/get-trace-artifact?request_id=tr-9");
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mlflow-artifacts:/9", (await server.SendAsync("user", "GET", "api/3.0/mlflow/traces/tr-9")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_chooses_folders_of_the_server()
    {
        await using var server = await UserServer.StartAsync("READ", "user");
        using var user = server.ClientOf("user");
        using var admin = server.ClientOf("admin");

        foreach (var location in (string[])["/etc", "file:///etc", "mlflow-artifacts:/0"])
            Assert.Equal(ErrorCode.PermissionDenied, Assert.Throws<MlflowException>(() => user.CreateExperiment("spy", location)).ErrorCode);
        Assert.NotEmpty(user.CreateExperiment("elsewhere", "s3://bucket/folder"));
        Assert.NotEmpty(admin.CreateExperiment("chosen", "mlflow-artifacts:/chosen"));
    }
}
