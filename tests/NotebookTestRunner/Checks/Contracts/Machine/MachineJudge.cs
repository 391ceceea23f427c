namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>Compares ports, processes and the kernel's state with what was promised.</summary>
internal static class MachineJudge
{
    public static IEnumerable<Violation> Judge(MachineTerms terms, MachinePicture before, MachinePicture after)
    {
        if (terms.PortsClosed is { } place && Except(after.Ports, before.Ports, terms) is { Count: > 0 } open)
            yield return new(place, $"ports: no new port is to be listened on, and there is {string.Join(", ", open)}. Stop the server at the end of the cell");
        foreach (var violation in Ports(terms)) yield return violation;
        if (terms.ProcessesEnded is { } ended && after.Processes.Except(before.Processes).ToList() is { Count: > 0 } left)
            yield return new(ended, $"processes: everything started is to have ended, and there is still {string.Join(", ", left)}");
        foreach (var violation in JudgeState(terms, before, after)) yield return violation;
    }

    /// <summary>Compares what the kernel says of itself.</summary>
    public static IEnumerable<Violation> JudgeState(MachineTerms terms, MachinePicture before, MachinePicture after)
    {
        if (terms.EnvironmentUnchanged is { } variables && before.State!.ChangesTo(after.State!).ToList() is { Count: > 0 } changes)
            yield return new(variables, $"environment: to be unchanged, and {string.Join(", ", changes)}");
        if (terms.FolderUnchanged is { } folder && before.State!.Folder != after.State!.Folder)
            yield return new(folder, $"working-folder: {before.State.Folder} expected, {after.State.Folder} found");
    }

    /// <summary>What is left when the kernel itself has ended.</summary>
    /// <param name="terms">The promises.</param>
    /// <param name="seen">The processes that were seen while it ran, the kernel among them.</param>
    /// <param name="kernelOf">The kernel's number: if it does not end, that is not the notebook's fault.</param>
    /// <param name="opened">The ports that were seen.</param>
    /// <param name="marker">What tells the kernel's processes from others.</param>
    public static IEnumerable<Violation> JudgeEnd(MachineTerms terms, IEnumerable<ProcessEntry> seen, int kernelOf, IReadOnlySet<int> opened, string? marker)
    {
        // What is in the table of the same number and beginning is the same process.
        var now = ProcessTable.Read().ToDictionary(process => process.Id, process => process.Started);
        var left = seen.Where(process => process.Id != kernelOf && now.TryGetValue(process.Id, out var started) && started == process.Started)
            .Concat(marker is null ? [] : ProcessTable.Marked(marker).Where(process => process.Id != kernelOf))
            .DistinctBy(process => process.Id).OrderBy(process => process.Id).ToList();
        if (terms.ProcessesEnded is { } ended && left.Count > 0)
            yield return new(ended, $"processes: everything started is to have ended with the kernel, and there is still {string.Join(", ", left)}");
        if (terms.PortsClosed is { } place)
        {
            var listening = Listeners.Of(left);
            var open = Except(File.Exists("/proc/net/tcp") ? listening : opened.Where(listening.Contains).ToHashSet(), new HashSet<int>(), terms);
            if (open.Count > 0) yield return new(place, $"ports: to be closed when the kernel has ended, and there is {string.Join(", ", open)}");
        }
        foreach (var violation in Ports(terms)) yield return violation;
    }

    private static IEnumerable<Violation> Ports(MachineTerms terms)
    {
        if (terms.Ports.Count == 0) yield break;
        var listening = Listeners.All();
        foreach (var (place, port, isOpen) in terms.Ports.Where(port => listening.Contains(port.Port) != port.IsOpen))
            yield return new(place, $"port {port}: to be {(isOpen ? "open, and nobody listens on it" : "closed, and somebody listens on it")}");
    }

    private static List<int> Except(IReadOnlySet<int> after, IReadOnlySet<int> before, MachineTerms terms) =>
        [.. after.Except(before).Where(port => !terms.Ports.Any(named => named.Port == port && named.IsOpen)).Order()];
}
