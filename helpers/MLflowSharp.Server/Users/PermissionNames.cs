namespace MLflowSharp.Server.Users;

/// <summary>Permissions as MLflow writes them.</summary>
internal static class PermissionNames
{
    /// <summary>MLflow's name.</summary>
    public static string ToName(this Permission permission) => permission == Permission.NoPermissions ? "NO_PERMISSIONS" : permission.ToString().ToUpperInvariant();

    /// <summary>The permission of a name.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE: there is none of that name.</exception>
    public static Permission Parse(string name)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            if (permission.ToName() == name)
                return permission;
        }

        throw MlflowException.Invalid($"Invalid permission '{name}'. Valid permissions are: {string.Join(", ", Enum.GetValues<Permission>().Select(ToName))}");
    }
}
