using System.Text.Json.Nodes;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;

namespace MLflowSharp.Server.Users;

/// <summary>users/…: those of MLflow's app <c>basic-auth</c> (https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/).</summary>
internal sealed class UserHandlers(Permissions permissions)
{
    private UserDatabase Users => permissions.Users;

    public IEnumerable<Route> Routes =>
    [
        .. Both("POST", "2.0/mlflow/users/create", Create),
        .. Both("GET", "2.0/mlflow/users/get", Get),
        .. Both("GET", "2.0/mlflow/users/list", List),
        .. Both("GET", "2.0/mlflow/users/current", GetCurrent),
        .. Both("PATCH", "2.0/mlflow/users/update-password", UpdatePassword),
        .. Both("PATCH", "2.0/mlflow/users/update-admin", UpdateAdmin),
        .. Both("DELETE", "2.0/mlflow/users/delete", Delete),
    ];

    /// <summary>The routes of a path: for programs and for pages.</summary>
    public static IEnumerable<Route> Both(string method, string path, Func<UserRequest, JsonObject> answer)
    {
        foreach (var place in (string[])["/api/", "/ajax-api/"])
            yield return new(method, place + path, async (call, cancellationToken) => Answers.CompactJson(answer(await UserRequest.ReadAsync(call, cancellationToken))));
    }

    private JsonObject Create(UserRequest request)
    {
        permissions.RequireAdmin();
        return new() { ["user"] = Describe(Users.Create(request.Text("username"), request.Text("password"), isAdmin: false)) };
    }

    private JsonObject Get(UserRequest request)
    {
        var username = request.Text("username");
        RequireSelf(username);
        return new() { ["user"] = Describe(Users.Get(username)) };
    }

    private JsonObject List(UserRequest request)
    {
        permissions.RequireAdmin();
        return new() { ["users"] = new JsonArray([.. Users.List().Select(user => (JsonNode)Describe(user, with: "roles"))]) };
    }

    private JsonObject GetCurrent(UserRequest request)
    {
        var user = permissions.Current;
        return new() { ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Username, ["is_admin"] = user.IsAdmin }, ["is_basic_auth"] = true };
    }

    private JsonObject UpdatePassword(UserRequest request)
    {
        var (username, password) = (request.Text("username"), request.Text("password"));
        RequireSelf(username);
        // As MLflow 3.17 asks it of its pages; older clients do not send it, and have shown the password with the request itself.
        if (request.Find("current_password") is { } current && !PasswordHash.Verify(current, Users.Get(username).PasswordHash))
            throw MlflowException.Invalid("Current password does not match.");
        Users.SetPassword(username, password);
        return [];
    }

    private JsonObject UpdateAdmin(UserRequest request)
    {
        permissions.RequireAdmin();
        Users.SetAdmin(request.Text("username"), request.Flag("is_admin"));
        return [];
    }

    private JsonObject Delete(UserRequest request)
    {
        permissions.RequireAdmin();
        var username = request.Text("username");
        if (username == permissions.Current.Username)
            throw new MlflowException("Users cannot delete their own account. Ask another administrator to delete this user.", ErrorCode.BadRequest);
        Users.Delete(username);
        return [];
    }

    private void RequireSelf(string username)
    {
        if (username != permissions.Current.Username)
            permissions.RequireAdmin();
    }

    private JsonObject Describe(UserAccount user, string? with = null)
    {
        var json = new JsonObject { ["id"] = user.Id, ["username"] = user.Username, ["is_admin"] = user.IsAdmin };
        // Clients of MLflow 2 read both lists; roles are not kept here.
        if (with is not null)
            json[with] = new JsonArray();
        foreach (var kind in (ResourceKind[])[ResourceKind.Experiment, ResourceKind.RegisteredModel])
            json[kind.Table] = new JsonArray([.. Users.List(kind, user.Id).Select(item => (JsonNode)PermissionHandlers.Describe(kind, item.Key, user, item.Permission))]);
        return json;
    }
}
