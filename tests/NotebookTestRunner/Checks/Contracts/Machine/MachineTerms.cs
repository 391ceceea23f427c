using NotebookTestRunner.Checks.Contracts.Reading;

namespace NotebookTestRunner.Checks.Contracts.Machine;

/// <summary>What a cell or notebook leaves of ports, processes and the kernel's own state.</summary>
internal sealed record MachineTerms
{
    /// <summary>Where it stands that no port is listened on that was not before; null where nothing is said.</summary>
    public string? PortsClosed { get; private init; }

    /// <summary>Ports that somebody listens on, and such that nobody does.</summary>
    public IReadOnlyList<(string Place, int Port, bool IsOpen)> Ports { get; private init; } = [];

    /// <summary>Where it stands that no process is left that was started; null where nothing is said.</summary>
    public string? ProcessesEnded { get; private init; }

    /// <summary>Where it stands that the environment variables are as they were; null where nothing is said.</summary>
    public string? EnvironmentUnchanged { get; private init; }

    /// <summary>Where it stands that the kernel's working folder is what it was; null where nothing is said.</summary>
    public string? FolderUnchanged { get; private init; }

    /// <summary>Whether the kernel itself has to be asked.</summary>
    public bool AsksKernel => EnvironmentUnchanged is not null || FolderUnchanged is not null;

    public static MachineTerms? Read(IReadOnlyDictionary<string, ContractNode> members)
    {
        if (!members.Keys.Any(key => key is "ports" or "processes" or "environment" or "working-folder")) return null;
        var terms = new MachineTerms
        {
            ProcessesEnded = Word("processes", "ended"),
            EnvironmentUnchanged = Word("environment", "unchanged"),
            FolderUnchanged = Word("working-folder", "unchanged"),
        };
        if (!members.TryGetValue("ports", out var ports)) return terms;
        if (ports.Scalar is not null) return terms with { PortsClosed = Word("ports", "closed") };
        var lists = ports.Members("ports", "open", "closed", "others");
        return terms with
        {
            Ports = [.. Numbers("open", true), .. Numbers("closed", false)],
            PortsClosed = lists.TryGetValue("others", out var others) ? Only(others, "others", "closed") : null,
        };

        string? Word(string key, string word) => members.TryGetValue(key, out var node) ? Only(node, key, word) : null;

        static string Only(ContractNode node, string key, string word) => node.Text(key) == word ? node.Place : throw node.Refuse($"{key} is \"{node.Scalar}\": write {word}");

        IEnumerable<(string, int, bool)> Numbers(string key, bool isOpen) =>
            lists.TryGetValue(key, out var node)
                ? node.Items.Select(item => item.Integer("a port") is > 0 and < 65536 and var port ? (item.Place, (int)port, isOpen) : throw item.Refuse($"{item.Scalar} is no port: write 1 to 65535"))
                : [];
    }
}
