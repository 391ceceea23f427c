using System.Globalization;

namespace Benchmarks;

/// <summary>One line of the table: ours and the peer, measured in the same rounds.</summary>
/// <param name="What">What was measured, with its unit.</param>
/// <param name="Ours">Our figures.</param>
/// <param name="PeerName">The peer, with its version.</param>
/// <param name="Peer">The peer's figures; null when it is not installed.</param>
/// <param name="MoreIsBetter">Whether the larger figure wins. Default: the smaller one, as with times.</param>
internal sealed record Comparison(string What, Spread Ours, string PeerName, Spread? Peer, bool MoreIsBetter = false)
{
    private const double Notable = 1.03;

    /// <summary>How ours compares by the medians, in words; a difference within 3 % is called none.</summary>
    public string Verdict
    {
        get
        {
            if (Peer is null)
                return "not compared";

            var gain = MoreIsBetter ? Ours.Median / Peer.Median : Peer.Median / Ours.Median;
            return gain switch
            {
                >= Notable => string.Create(CultureInfo.InvariantCulture, $"{gain:0.00} × as fast"),
                <= 1 / Notable => string.Create(CultureInfo.InvariantCulture, $"**{1 / gain:0.00} × slower**"),
                _ => "the same",
            };
        }
    }
}
