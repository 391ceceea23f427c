using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Users;

/// <summary>Lets in who shows a user's name and password (HTTP Basic), as MLflow's app <c>basic-auth</c>.</summary>
/// <param name="answer">What answers those who are let in.</param>
/// <param name="permissions">Learns who they are.</param>
internal sealed class UserGate(Func<RestRequest, CancellationToken, Task<RestResponse>> answer, Permissions permissions) : IDisposable
{
    private const string Scheme = "Basic ";

    // Deriving a key takes a tenth of a second on purpose. Passwords that were right are known again by a hash under a key that only this process has.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (string Hash, byte[] Seen)> _known = new(StringComparer.Ordinal);

    // Guessing keeps no more processors busy than this.
    private readonly SemaphoreSlim _checks = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Answers a request, or refuses it.</summary>
    public async Task<RestResponse> AnswerAsync(RestRequest request, CancellationToken cancellationToken)
    {
        if (request.Path == "/health")
            return await answer(request, cancellationToken);
        if (await FindAsync(request.Header("Authorization"), cancellationToken) is not { } user)
            return Refused();
        permissions.Current = user;
        return await answer(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _checks.Dispose();

    private static RestResponse Refused()
    {
        var refused = Answers.Html(401, "Unauthorized", "You are not authenticated. Give your name and password, clients in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.");
        refused.Headers["WWW-Authenticate"] = "Basic realm=\"mlflow\"";
        return refused;
    }

    private async Task<UserAccount?> FindAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return null;
        var decoded = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), decoded, out var length) || Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2) is not [var name, var password])
            return null;
        var user = permissions.Users.Find(name);
        var seen = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));
        if (user is not null && _known.TryGetValue(name, out var known) && known.Hash == user.PasswordHash && CryptographicOperations.FixedTimeEquals(known.Seen, seen))
            return user;
        if (!await VerifyAsync(password, user?.PasswordHash ?? PasswordHash.OfNobody(permissions.Users.HashRounds), cancellationToken) || user is null)
            return null;
        _known[name] = (user.PasswordHash, seen);
        return user;
    }

    private async Task<bool> VerifyAsync(string password, string hash, CancellationToken cancellationToken)
    {
        await _checks.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => PasswordHash.Verify(password, hash), cancellationToken);
        }
        finally
        {
            _checks.Release();
        }
    }
}
