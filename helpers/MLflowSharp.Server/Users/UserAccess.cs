namespace MLflowSharp.Server.Users;

/// <summary>Opens the users' database.</summary>
internal static class UserAccess
{
    /// <summary>Opens it; a file without users gets its first administrator.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for settings that cannot be used; INVALID_STATE for a file that is no database.</exception>
    public static Permissions Open(BasicAuthOptions options)
    {
        var defaultPermission = PermissionNames.Parse(options.DefaultPermission);
        var users = new UserDatabase(options.DatabaseFile, options.HashRounds);
        try
        {
            if (users.IsEmpty)
            {
                var password = options.AdminPassword ?? throw MlflowException.Invalid(
                    $"There are no users in '{options.DatabaseFile}' yet. Set MLFLOW_AUTH_ADMIN_PASSWORD to the password that the first administrator, '{options.AdminUsername}', is to have ({UserDatabase.ShortestPassword} characters or more).");
                users.Create(options.AdminUsername, password, isAdmin: true);
            }

            return new(users, defaultPermission);
        }
        catch
        {
            users.Dispose();
            throw;
        }
    }
}
