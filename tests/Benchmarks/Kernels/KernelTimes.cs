namespace Benchmarks;

/// <summary>How fast and how large a kernel is: ours beside Python's and, where it is installed, beside .NET Interactive.</summary>
internal sealed class KernelTimes : IMeasurement
{
    private const string Recorded = ".NET Interactive (recorded on another machine)";

    // The last state of .NET Interactive, as recorded on another machine of 2 cores with .NET 10.0.12: medians and ranges of 5 rounds by jupyter_client 7.4.9.
    private static readonly Dictionary<string, Spread> Record = new()
    {
        [KernelConversation.Information] = new(1.37, 1.25, 1.86),
        [KernelConversation.FirstResult] = new(3.12, 2.76, 3.40),
        [KernelConversation.FirstDisplay] = new(270, 245, 286),
        [KernelConversation.WarmCell] = new(24.7, 24.3, 28.8),
        [KernelConversation.Memory] = new(268, 267.8, 268),
        [KernelConversation.MemoryOfCell] = new(0.8, 0.8, 0.8),
        [KernelConversation.PackageCold] = new(3080, 2720, 3220),
        [KernelConversation.PackageWarm] = new(186, 172, 231),
        [KernelConversation.PackageAgain] = new(19, 10, 23),
        [KernelConversation.Lines] = new(267, 224, 276),
    };

    /// <inheritdoc/>
    public string Name => "kernel";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var ours = KernelSubject.Ours();
        KernelSubject?[] peers = [KernelSubject.Ipykernel(), KernelSubject.DotNetInteractive()];
        var times = new Dictionary<KernelSubject, List<IReadOnlyDictionary<string, double>>>();
        for (var round = 0; round <= rounds; round++)
            foreach (var subject in peers.Prepend(ours).OfType<KernelSubject>())
            {
                var measured = await KernelConversation.MeasureAsync(subject);
                // The first start also fills the disk cache and does not count.
                if (round > 0)
                    (times.TryGetValue(subject, out var list) ? list : times[subject] = []).Add(measured);
            }

        var rows = new List<Comparison>();
        foreach (var (what, target) in KernelConversation.Targets)
        {
            var own = Spread.Of(times[ours].Select(each => each[what]));
            foreach (var peer in peers.OfType<KernelSubject>().Where(peer => times[peer][0].ContainsKey(what)))
                rows.Add(new Comparison(what, own, peer.Name, Spread.Of(times[peer].Select(each => each[what])), Target: target));
            if (Record.TryGetValue(what, out var recorded))
                rows.Add(new Comparison(what, own, Recorded, recorded, Target: target));
            if (rows.Count == 0 || rows[^1].What != what)
                rows.Add(new Comparison(what, own, "", null, Target: target));
        }

        return rows;
    }
}
