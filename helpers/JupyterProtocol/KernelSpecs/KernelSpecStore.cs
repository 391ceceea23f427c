namespace JupyterProtocol.KernelSpecs;

/// <summary>Finds, installs and removes kernelspecs.</summary>
public sealed class KernelSpecStore
{
    private readonly IReadOnlyList<string> _dataDirectories;

    /// <summary>Creates a store over Jupyter's data folders, each of which holds kernelspecs in <c>kernels/</c>.</summary>
    /// <param name="first">Data folders searched before Jupyter's own, such as a private one.</param>
    /// <param name="dataDirectories">Jupyter's own; default <see cref="JupyterPaths.DataDirectories"/>.</param>
    public KernelSpecStore(IReadOnlyList<string>? first = null, IReadOnlyList<string>? dataDirectories = null) =>
        _dataDirectories = [.. first ?? [], .. dataDirectories ?? JupyterPaths.Current.DataDirectories];

    /// <summary>All kernels, each name once: the first folder that has it wins, also with a kernelspec that is damaged or leads nowhere.</summary>
    public IReadOnlyList<ListedKernelSpec> List() =>
    [
        .. _dataDirectories
            .Select(directory => Path.Combine(directory, "kernels"))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Where(directory => File.Exists(Path.Combine(directory, "kernel.json")))
            .DistinctBy(directory => Path.GetFileName(directory), StringComparer.OrdinalIgnoreCase)
            .Select(directory => new ListedKernelSpec(Path.GetFileName(directory), directory, Problem(directory)))
            .OrderBy(installed => installed.Name, StringComparer.Ordinal),
    ];

    /// <summary>The kernel of this name; names are compared without case, as Jupyter does.</summary>
    /// <exception cref="JupyterProtocolException">No such kernel; the message lists those there are, and names the one that was probably meant.</exception>
    public InstalledKernelSpec Find(string name)
    {
        foreach (var directory in _dataDirectories.Select(directory => Path.Combine(directory, "kernels")).Where(Directory.Exists))
        {
            var found = Directory.EnumerateDirectories(directory)
                .FirstOrDefault(candidate => string.Equals(Path.GetFileName(candidate), name, StringComparison.OrdinalIgnoreCase)
                    && File.Exists(Path.Combine(candidate, "kernel.json")));
            if (found is not null)
                return new InstalledKernelSpec(Path.GetFileName(found), found, KernelSpec.Load(Path.Combine(found, "kernel.json")));
        }

        var known = List().Select(installed => installed.Name).ToArray();
        throw new JupyterProtocolException(
            $"No kernel named '{name}' is installed. " +
            (NearestName.FindSlip(name, known) is { } meant ? $"Did you mean '{meant}'? " : "") +
            (known.Length == 0 ? "No kernel was found at all" : $"Installed are: {string.Join(", ", known)}") +
            $" (searched: {string.Join(", ", _dataDirectories)}). Install it, or name another kernel.");
    }

    /// <summary>Writes a kernelspec into a data folder and returns the kernel's folder. One that is there already is replaced.</summary>
    /// <param name="name">The name notebooks ask for: letters, digits, <c>-</c>, <c>.</c>, <c>_</c>.</param>
    /// <param name="spec">How to start it.</param>
    /// <param name="dataDirectory">For example <see cref="JupyterPaths.UserDataDirectory"/>, or <c>PREFIX/share/jupyter</c>.</param>
    /// <param name="resources">Files beside <c>kernel.json</c> by name, such as <c>logo-64x64.png</c>.</param>
    public static string Install(string name, KernelSpec spec, string dataDirectory, IReadOnlyDictionary<string, byte[]>? resources = null)
    {
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_'))
            throw new ArgumentException($"'{name}' is no name for a kernel: use letters, digits, '-', '.' and '_'.", nameof(name));

        var directory = Path.Combine(dataDirectory, "kernels", name);
        spec.Save(directory);
        foreach (var (file, bytes) in resources ?? new Dictionary<string, byte[]>())
            File.WriteAllBytes(Path.Combine(directory, file), bytes);
        return directory;
    }

    /// <summary>Removes a kernelspec from a data folder; false when it was not there.</summary>
    public static bool Uninstall(string name, string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "kernels", name);
        if (!File.Exists(Path.Combine(directory, "kernel.json")))
            return false;
        Directory.Delete(directory, recursive: true);
        return true;
    }

    private static string? Problem(string directory)
    {
        try
        {
            var missing = KernelSpec.Load(Path.Combine(directory, "kernel.json")).Argv
                .FirstOrDefault(argument => Path.IsPathFullyQualified(argument) && !argument.Contains('{', StringComparison.Ordinal) && !File.Exists(argument));
            return missing is null ? null : $"leads to {missing}, which is gone: install that kernel again";
        }
        catch (JupyterProtocolException fault)
        {
            return fault.Message;
        }
    }
}
