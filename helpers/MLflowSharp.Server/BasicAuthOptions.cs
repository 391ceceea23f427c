using System.Text;

namespace MLflowSharp.Server;

/// <summary>
/// Users with names and passwords, as MLflow's <c>--app-name basic-auth</c> (https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/):
/// what each may do with an experiment or a registered model is <c>READ</c>, <c>EDIT</c>, <c>MANAGE</c> or <c>NO_PERMISSIONS</c>.
/// </summary>
public sealed record BasicAuthOptions
{
    /// <summary>The SQLite file of users and permissions; made when it is missing. Default: <c>basic_auth.db</c> in the current folder.</summary>
    public string DatabaseFile { get; init; } = "basic_auth.db";

    /// <summary>The administrator whom a new file gets. Default: <c>admin</c>.</summary>
    public string AdminUsername { get; init; } = "admin";

    /// <summary>That administrator's password, at least 12 characters. Default: null; then a file without users is refused.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>What users may where nothing is said of them. Default: <c>READ</c>.</summary>
    public string DefaultPermission { get; init; } = "READ";

    /// <summary>How often a password is hashed: what OWASP recommends for PBKDF2 with SHA-256 (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).</summary>
    internal int HashRounds { get; init; } = 600_000;

    // A record's text shows every member; this one hides the password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"DatabaseFile = {DatabaseFile}, AdminUsername = {AdminUsername}, AdminPassword = {(AdminPassword is null ? "" : "***")}, DefaultPermission = {DefaultPermission}");
        return true;
    }
}
