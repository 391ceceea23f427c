using System.Security.Cryptography;

namespace MLflowSharp.Server.Polling;

/// <summary>The points of a metric of one run, as they stand in an answer.</summary>
/// <param name="Json">The points in JSON, without the list around them; empty for no points.</param>
internal sealed record Curve(byte[] Json)
{
    /// <summary>Tells curves of other points apart.</summary>
    public byte[] Hash { get; } = SHA256.HashData(Json);
}
