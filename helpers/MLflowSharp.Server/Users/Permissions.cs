using MLflowSharp.Artifacts;

namespace MLflowSharp.Server.Users;

/// <summary>What the user whose request is being answered may do.</summary>
/// <param name="users">What is written of users.</param>
/// <param name="defaultPermission">What a user may where nothing is written.</param>
internal sealed class Permissions(UserDatabase users, Permission defaultPermission)
{
    private readonly AsyncLocal<UserAccount?> _current = new();

    /// <summary>The database.</summary>
    public UserDatabase Users => users;

    /// <summary>What a user may where nothing is written.</summary>
    public Permission Default => defaultPermission;

    /// <summary>The user whose request is being answered.</summary>
    /// <exception cref="MlflowException">UNAUTHENTICATED: nobody has signed in.</exception>
    public UserAccount Current
    {
        get => _current.Value ?? throw new MlflowException("You are not authenticated.", ErrorCode.Unauthenticated);
        set => _current.Value = value;
    }

    /// <summary>What a user may do with a resource.</summary>
    public Permission Of(UserAccount user, ResourceKind kind, string key) => user.IsAdmin ? Permission.Manage : users.Find(kind, key, user.Id) ?? defaultPermission;

    /// <summary>Whether the current user may do something with a resource.</summary>
    public bool May(ResourceKind kind, string key, Permission needed) => Of(Current, kind, key) >= needed;

    /// <summary>Refuses what the current user may not do.</summary>
    /// <exception cref="MlflowException">PERMISSION_DENIED.</exception>
    public void Require(ResourceKind kind, string key, Permission needed)
    {
        if (!May(kind, key, needed))
            throw Denied($"This needs {needed.ToName()} on the {kind.Label.ToLowerInvariant()} '{key}'; ask one who has MANAGE, or an administrator.");
    }

    /// <summary>Refuses what only administrators may do.</summary>
    /// <exception cref="MlflowException">PERMISSION_DENIED.</exception>
    public void RequireAdmin()
    {
        if (!Current.IsAdmin)
            throw Denied("This is for administrators.");
    }

    /// <summary>Refuses a path among the artifacts that pass through the server: the first folder is the id of their experiment.</summary>
    /// <exception cref="MlflowException">PERMISSION_DENIED.</exception>
    public void RequireArtifact(string path, Permission needed) => Require(ResourceKind.Experiment, ArtifactPath.CheckFile(path).Split('/')[0], needed);

    /// <summary>Gives the current user all permissions for what the user has made.</summary>
    public void GiveOwn(ResourceKind kind, string key) => users.Set(kind, key, Current, Permission.Manage);

    /// <summary>The refusal.</summary>
    public static MlflowException Denied(string why) => new($"Permission denied. {why}", ErrorCode.PermissionDenied);
}
