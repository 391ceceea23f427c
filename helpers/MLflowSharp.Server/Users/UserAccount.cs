namespace MLflowSharp.Server.Users;

/// <summary>A user.</summary>
/// <param name="Id">Number of the user.</param>
/// <param name="Username">Name to sign in with.</param>
/// <param name="PasswordHash">See <see cref="Users.PasswordHash"/>.</param>
/// <param name="IsAdmin">Whether the user may do everything.</param>
internal sealed record UserAccount(long Id, string Username, string PasswordHash, bool IsAdmin);
