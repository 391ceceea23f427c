using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Users;

public sealed class UserHandlersTests
{
    [Fact]
    public async Task Without_name_and_password_only_health_answers()
    {
        await using var server = await UserServer.StartAsync("READ", "user");
        using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        foreach (var path in (string[])["", "version", "light", "static-files/x.js", "graphql", "v1/traces", "get-artifact", "api/2.0/mlflow/users/current"])
        {
            var answer = await http.GetAsync(new Uri("/" + path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Unauthorized, "Basic realm=\"mlflow\""), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
        }

        foreach (var (name, password) in ((string, string)[])[("user", "wrong password"), ("nobody", "password of nobody"), ("user", ""), ("", "")])
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsAsync(name, password, "GET", "version")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("user", "GET", "version")).Status);
    }

    [Fact]
    public async Task A_changed_password_and_a_deleted_user_count_at_once()
    {
        await using var server = await UserServer.StartAsync("READ", "user");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("user", "GET", "version")).Status);

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("user", "PATCH", "api/2.0/mlflow/users/update-password", """{"username": "user", "password": "another password"}""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync("user", "GET", "version")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsAsync("user", "another password", "GET", "version")).Status);

        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("admin", "DELETE", "api/2.0/mlflow/users/delete", """{"username": "user"}""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsAsync("user", "another password", "GET", "version")).Status);
    }

    [Theory]
    [InlineData("POST", "users/create", """{"username": "new", "password": "long enough to be one"}""")]
    [InlineData("GET", "users/list", null)]
    [InlineData("GET", "users/get?username=admin", null)]
    [InlineData("PATCH", "users/update-password", """{"username": "admin", "password": "long enough to be one"}""")]
    [InlineData("PATCH", "users/update-admin", """{"username": "user", "is_admin": true}""")]
    [InlineData("DELETE", "users/delete", """{"username": "admin"}""")]
    [InlineData("POST", "experiments/permissions/create", """{"experiment_id": "0", "username": "user", "permission": "MANAGE"}""")]
    [InlineData("POST", "registered-models/permissions/create", """{"name": "m", "username": "user", "permission": "MANAGE"}""")]
    public async Task What_is_for_others_is_refused(string method, string path, string? json)
    {
        await using var server = await UserServer.StartAsync("EDIT", "user");

        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("user", method, $"api/2.0/mlflow/{path}", json)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync("user", method, $"ajax-api/2.0/mlflow/{path}", json)).Status);
    }

    [Theory]
    [InlineData("POST", "users/create", """{"username": "user", "password": "long enough to be one"}""", 400, "RESOURCE_ALREADY_EXISTS")]
    [InlineData("POST", "users/create", """{"username": "new", "password": "short"}""", 400, "at least 12 characters")]
    [InlineData("POST", "users/create", """{"username": "new"}""", 400, "required parameter 'password'")]
    [InlineData("POST", "users/create", "[]", 400, "JSON object")]
    [InlineData("POST", "users/create", "{", 400, "JSON object")]
    [InlineData("GET", "users/get?username=nobody", null, 404, "User with username=nobody not found")]
    [InlineData("DELETE", "users/delete", """{"username": "admin"}""", 400, "cannot delete their own")]
    [InlineData("POST", "experiments/permissions/create", """{"experiment_id": "0", "username": "user", "permission": "OWN"}""", 400, "Invalid permission 'OWN'")]
    [InlineData("GET", "experiments/permissions/get?experiment_id=0&username=user", null, 404, "not found")]
    [InlineData("PATCH", "experiments/permissions/update", """{"experiment_id": "0", "username": "user", "permission": "READ"}""", 404, "not found")]
    [InlineData("DELETE", "registered-models/permissions/delete", """{"name": "m", "username": "user"}""", 404, "not found")]
    public async Task What_is_wrong_is_said_with_MLflows_codes(string method, string path, string? json, int status, string part)
    {
        await using var server = await UserServer.StartAsync("READ", "user");

        var answer = await server.SendAsync("admin", method, $"api/2.0/mlflow/{path}", json);

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(part, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_learn_who_is_there()
    {
        await using var server = await UserServer.StartAsync("READ", "user");
        using var user = server.ClientOf("user");
        var experiment = user.CreateExperiment("mine");

        Assert.Equal("""{"user":{"id":2,"username":"user","is_admin":false},"is_basic_auth":true}""", (await server.SendAsync("user", "GET", "ajax-api/2.0/mlflow/users/current")).Text);
        var listed = JsonNode.Parse((await server.SendAsync("user", "GET", "ajax-api/3.0/mlflow/users/current/permissions")).Text)!;
        Assert.Equal((experiment, "MANAGE"), ((string?)listed["permissions"]![0]!["resource_pattern"], (string?)listed["permissions"]![0]!["permission"]));
    }

    [Fact]
    public async Task The_file_is_its_owners_and_holds_no_password()
    {
        using var folder = new TemporaryFolder();
        var options = UserServer.OptionsIn(folder, "READ");
        await using (await TrackingServer.StartAsync(options, TestContext.Current.CancellationToken))
        {
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(options.BasicAuth!.DatabaseFile));
        Assert.DoesNotContain(UserServer.PasswordOf("admin"), await File.ReadAllTextAsync(options.BasicAuth!.DatabaseFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(UserServer.PasswordOf("admin"), options.BasicAuth.ToString(), StringComparison.Ordinal);
        // The second start needs no password, and keeps the first.
        await using var again = await TrackingServer.StartAsync(options with { BasicAuth = options.BasicAuth with { AdminPassword = null } }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Settings_and_files_that_cannot_be_used_are_refused()
    {
        using var folder = new TemporaryFolder();
        var options = UserServer.OptionsIn(folder, "READ");
        var theirs = Path.Combine(folder.FullName, "theirs.db");
        await using (var connection = new SqliteConnection($"Data Source={theirs};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE alembic_version_auth (version_num TEXT)";
            command.ExecuteNonQuery();
        }

        await RefusedAsync("MLFLOW_AUTH_ADMIN_PASSWORD", basic => basic with { AdminPassword = null });
        await RefusedAsync("12 characters", basic => basic with { AdminPassword = "short" });
        await RefusedAsync("Invalid permission", basic => basic with { DefaultPermission = "ALL" });
        await RefusedAsync("MLflow for Python", basic => basic with { DatabaseFile = theirs });
        var both = await Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(options with { Token = "t" }, TestContext.Current.CancellationToken));
        Assert.Contains("either users or a token", both.Message, StringComparison.Ordinal);

        async Task RefusedAsync(string part, Func<BasicAuthOptions, BasicAuthOptions> change)
        {
            var refused = await Assert.ThrowsAsync<MlflowException>(() => TrackingServer.StartAsync(options with { BasicAuth = change(options.BasicAuth!) }, TestContext.Current.CancellationToken));
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        }
    }
}
