using System.Text.Json.Nodes;
using MLflowSharp.Server;

namespace Interop.Users;

/// <summary>The real MLflow's clients, that of <c>basic-auth</c> among them, against our server with users.</summary>
public sealed class BasicAuthTests : IDisposable
{
    private const string AdminPassword = "the administrator's password";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _errors = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.22.5")]
    [InlineData("3.17.2")]
    public async Task The_Python_clients_manage_users_and_are_held_to_their_permissions(string mlflow)
    {
        var python = PythonEnvironment.Require();
        await using var server = await TrackingServer.StartAsync(
            new()
            {
                BackendStoreUri = _folder.TrackingUri,
                ArtifactsDestination = _folder.Combine("mlartifacts"),
                StoreOptions = new() { DatabaseVersion = "3.17" },
                Port = 0,
                BasicAuth = new() { DatabaseFile = _folder.Combine("users.db"), AdminPassword = AdminPassword, DefaultPermission = "NO_PERMISSIONS" },
                OnError = _errors.Add,
            },
            TestContext.Current.CancellationToken);

        var found = await python.RunAsync("use_users", mlflow, server.TrackingUri, AdminPassword, _folder.FullName);

        Assert.Empty(_errors);
        Assert.Equal(mlflow, (string?)found["version"]);
        // The client of 3.17 answers nothing where that of 2.22 gives back what was granted.
        var granted = mlflow[0] == '2' ? "READ" : "done";
        foreach (var (name, value) in JsonNode.Parse(Expected.Replace("GRANTED", granted, StringComparison.Ordinal))!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, found[name]), $"{name}: {found[name]?.ToJsonString()} was found, expected {value?.ToJsonString()}");
    }

    private const string Expected = """
        {
          "created": ["alice", "bob"],
          "twice": "RESOURCE_ALREADY_EXISTS",
          "short": "INVALID_PARAMETER_VALUE",
          "admins": [true, false],
          "not an admin": "PERMISSION_DENIED",
          "bob before": ["PERMISSION_DENIED", "PERMISSION_DENIED", "PERMISSION_DENIED", [], [], [], "PERMISSION_DENIED"],
          "granted": ["GRANTED", "GRANTED"],
          "shown": ["READ", "READ"],
          "no such permission": "INVALID_PARAMETER_VALUE",
          "no such user": "RESOURCE_DOES_NOT_EXIST",
          "bob reading": ["of alice", 0.5, ["of alice"], 1, ["model of alice"], ["notes.txt"], "for those who may"],
          "bob writing": ["PERMISSION_DENIED", "PERMISSION_DENIED", "PERMISSION_DENIED", "PERMISSION_DENIED"],
          "granted more": ["done", "done"],
          "bob editing": ["done", "done", "done", "PERMISSION_DENIED", "PERMISSION_DENIED"],
          "bob after": "PERMISSION_DENIED",
          "bob as admin": 0.4,
          "old password": "UNAUTHENTICATED",
          "gone": "RESOURCE_DOES_NOT_EXIST"
        }
        """;
}
