using System.Text.Json.Nodes;
using MLflowSharp.Server.Routing;

namespace MLflowSharp.Server.Users;

/// <summary>
/// Who may do what: experiments/permissions and registered-models/permissions of MLflow 2 and 3, and users/permissions, which MLflow 3.17's client uses.
/// </summary>
/// <param name="permissions">What is permitted.</param>
internal sealed class PermissionHandlers(Permissions permissions)
{
    private UserDatabase Users => permissions.Users;

    public IEnumerable<Route> Routes =>
    [
        .. Of("experiments", ResourceKind.Experiment),
        .. Of("registered-models", ResourceKind.RegisteredModel),
        .. UserHandlers.Both("POST", "3.0/mlflow/users/permissions/grant", request => Change(request, (kind, key, user) => Users.Set(kind, key, user, Named(request)))),
        .. UserHandlers.Both("POST", "3.0/mlflow/users/permissions/revoke", request => Change(request, (kind, key, user) => Users.Delete(kind, key, user))),
        .. UserHandlers.Both("GET", "3.0/mlflow/users/permissions/get", GetOfUser),
        .. UserHandlers.Both("GET", "3.0/mlflow/users/permissions/list", request => List(Visible(request.Text("username")))),
        .. UserHandlers.Both("GET", "3.0/mlflow/users/current/permissions", _ => List(permissions.Current)),
    ];

    /// <summary>A permission as MLflow writes it.</summary>
    public static JsonObject Describe(ResourceKind kind, string key, UserAccount user, Permission permission) =>
        new() { [kind.Column] = key, ["user_id"] = user.Id, ["permission"] = permission.ToName() };

    private IEnumerable<Route> Of(string path, ResourceKind kind) =>
    [
        .. UserHandlers.Both("POST", $"2.0/mlflow/{path}/permissions/create", request => Create(request, kind)),
        .. UserHandlers.Both("GET", $"2.0/mlflow/{path}/permissions/get", request => Get(request, kind)),
        .. UserHandlers.Both("PATCH", $"2.0/mlflow/{path}/permissions/update", request => Update(request, kind)),
        .. UserHandlers.Both("DELETE", $"2.0/mlflow/{path}/permissions/delete", request => Delete(request, kind)),
    ];

    private JsonObject Create(UserRequest request, ResourceKind kind)
    {
        var (key, user) = Read(request, kind);
        var permission = Named(request);
        Users.Create(kind, key, user, permission);
        return new() { [kind.Answer] = Describe(kind, key, user, permission) };
    }

    private JsonObject Get(UserRequest request, ResourceKind kind)
    {
        var (key, user) = Read(request, kind);
        return new() { [kind.Answer] = Describe(kind, key, user, Users.Find(kind, key, user.Id) ?? throw NotWritten(kind, key, user)) };
    }

    private JsonObject Update(UserRequest request, ResourceKind kind)
    {
        var (key, user) = Read(request, kind);
        var permission = Named(request);
        _ = Users.Find(kind, key, user.Id) ?? throw NotWritten(kind, key, user);
        Users.Set(kind, key, user, permission);
        return [];
    }

    private JsonObject Delete(UserRequest request, ResourceKind kind)
    {
        var (key, user) = Read(request, kind);
        return Users.Delete(kind, key, user) ? [] : throw NotWritten(kind, key, user);
    }

    /// <summary>The resource, which the sender manages, and the user.</summary>
    private (string Key, UserAccount User) Read(UserRequest request, ResourceKind kind)
    {
        var key = request.Text(kind.Column);
        permissions.Require(kind, key, Permission.Manage);
        return (key, Users.Get(request.Text("username")));
    }

    private JsonObject Change(UserRequest request, Action<ResourceKind, string, UserAccount> change)
    {
        var kind = ResourceKind.Named(request.Text("resource_type"));
        var key = request.Text("resource_id");
        permissions.Require(kind, key, Permission.Manage);
        change(kind, key, Users.Get(request.Text("username")));
        return [];
    }

    private JsonObject GetOfUser(UserRequest request)
    {
        var (kind, key) = (ResourceKind.Named(request.Text("resource_type")), request.Text("resource_id"));
        var username = request.Text("username");
        if (username != permissions.Current.Username)
            permissions.Require(kind, key, Permission.Manage);
        var permission = permissions.Of(Users.Get(username), kind, key);
        return new() { ["allowed"] = permission >= Permission.Use, ["permission"] = permission.ToName() };
    }

    private UserAccount Visible(string username)
    {
        if (username != permissions.Current.Username)
            permissions.RequireAdmin();
        return Users.Get(username);
    }

    private JsonObject List(UserAccount user) => new()
    {
        ["is_admin"] = user.IsAdmin,
        ["permissions"] = new JsonArray([
            .. from kind in (ResourceKind[])[ResourceKind.Experiment, ResourceKind.RegisteredModel]
               from item in Users.List(kind, user.Id)
               select (JsonNode)new JsonObject
               {
                   // MLflow keeps what is granted to one user in a role of that user alone, and its pages know it by this name.
                   ["role_id"] = user.Id,
                   ["role_name"] = $"__user_{user.Id}__",
                   ["workspace"] = "default",
                   ["resource_type"] = kind == ResourceKind.Experiment ? "experiment" : "registered_model",
                   ["resource_pattern"] = item.Key,
                   ["permission"] = item.Permission.ToName(),
               }]),
    };

    private static Permission Named(UserRequest request) => PermissionNames.Parse(request.Text("permission"));

    private static MlflowException NotWritten(ResourceKind kind, string key, UserAccount user) =>
        MlflowException.Missing($"{kind.Label} permission with {kind.Column}={key} and username={user.Username} not found");
}
