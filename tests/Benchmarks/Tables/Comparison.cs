using System.Globalization;

namespace Benchmarks;

/// <summary>One line of the table: ours and the peer, measured in the same rounds.</summary>
/// <param name="What">What was measured, with its unit.</param>
/// <param name="Ours">Our figures.</param>
/// <param name="PeerName">The peer, with its version; empty where nothing is comparable.</param>
/// <param name="Peer">The peer's figures; null when it is not installed.</param>
/// <param name="MoreIsBetter">Whether the larger figure wins. Default: the smaller one, as with times.</param>
/// <param name="Target">What ours is to reach, where something was set.</param>
internal sealed record Comparison(string What, Spread Ours, string PeerName, Spread? Peer, bool MoreIsBetter = false, double? Target = null)
{
    private const double Notable = 1.03;

    /// <summary>What was set and whether ours reaches it, by the medians; empty where nothing was set.</summary>
    public string Goal => Target is not { } target ? ""
        : (MoreIsBetter ? Ours.Median >= target : Ours.Median <= target) ? $"{Spread.Short(target)} ✓" : $"{Spread.Short(target)} **missed**";

    /// <summary>How ours compares by the medians, in words; a difference within 3 % is called none.</summary>
    public string Verdict
    {
        get
        {
            if (Peer is null)
                return PeerName.Length == 0 ? "" : "not compared";

            var gain = MoreIsBetter ? Ours.Median / Peer.Median : Peer.Median / Ours.Median;
            return gain switch
            {
                >= Notable => string.Create(CultureInfo.InvariantCulture, $"{gain:0.00} × better"),
                <= 1 / Notable => string.Create(CultureInfo.InvariantCulture, $"**{1 / gain:0.00} × worse**"),
                _ => "the same",
            };
        }
    }
}
