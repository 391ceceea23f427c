using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Users;

/// <summary>A server with an administrator and the users that a test adds, each with the password of <see cref="PasswordOf"/>.</summary>
internal sealed class UserServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly TrackingServer _server;
    private readonly HttpClient _http = new();

    private UserServer(TemporaryFolder folder, TrackingServer server) => (_folder, _server) = (folder, server);

    public string TrackingUri => _server.TrackingUri;

    public static Task<UserServer> StartAsync(string defaultPermission, params string[] users) => StartWithAsync(defaultPermission, options => options, users);

    public static async Task<UserServer> StartWithAsync(string defaultPermission, Func<TrackingServerOptions, TrackingServerOptions> change, params string[] users)
    {
        var folder = new TemporaryFolder();
        var server = new UserServer(folder, await TrackingServer.StartAsync(change(OptionsIn(folder, defaultPermission)), TestContext.Current.CancellationToken));
        foreach (var user in users)
            Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("admin", "POST", "api/2.0/mlflow/users/create", $$"""{"username": "{{user}}", "password": "{{PasswordOf(user)}}"}""")).Status);
        return server;
    }

    public static TrackingServerOptions OptionsIn(TemporaryFolder folder, string defaultPermission) => new()
    {
        BackendStoreUri = folder.TrackingUri,
        StoreOptions = new() { DatabaseVersion = "3.17" },
        ArtifactsDestination = Path.Combine(folder.FullName, "mlartifacts"),
        Port = 0,
        BasicAuth = new() { DatabaseFile = Path.Combine(folder.FullName, "users.db"), AdminPassword = PasswordOf("admin"), DefaultPermission = defaultPermission, HashRounds = 1000 },
    };

    public static string PasswordOf(string user) => $"password of {user}";

    public MlflowClient ClientOf(string user) => new(TrackingUri, new()
    {
        Http = new() { Username = user, Password = PasswordOf(user), MaxRetries = 0 },
        Journal = new() { Folder = Path.Combine(_folder.FullName, "journals", user) },
    });

    public Task<(HttpStatusCode Status, string Text)> SendAsync(string user, string method, string target, string? json = null) => SendAsAsync(user, PasswordOf(user), method, target, json);

    public async Task<(HttpStatusCode Status, string Text)> SendAsAsync(string user, string password, string method, string target, string? json = null)
    {
        using var request = new HttpRequestMessage(new(method), new Uri($"{TrackingUri}/{target}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Says what a user may with an experiment.</summary>
    public async Task GrantAsync(string experimentId, string user, string permission, string by = "admin") => Assert.Equal(
        HttpStatusCode.OK,
        (await SendAsync(by, "POST", "api/2.0/mlflow/experiments/permissions/create", new JsonObject { ["experiment_id"] = experimentId, ["username"] = user, ["permission"] = permission }.ToJsonString())).Status);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
