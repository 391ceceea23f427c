using System.Globalization;
using System.Text;
using CSharpKernel.Packages.Locking;
using JupyterProtocol;

namespace CSharpKernel.Packages;

/// <summary>What a notebook wants to have resolved.</summary>
/// <param name="Requests">All packages that it asks for, so that they are resolved together.</param>
/// <param name="Earlier">How many of them are of earlier cells: their versions may be raised for the sake of later ones.</param>
/// <param name="Sources">Sources to look in besides those of the notebook's <c>nuget.config</c>.</param>
/// <param name="Folder">The notebook's folder.</param>
/// <param name="Lock">The lock that the answer has to follow, if there is one.</param>
/// <param name="IsAnew">Whether a remembered answer does not count.</param>
internal sealed record PackageQuestion(IReadOnlyList<PackageRequest> Requests, int Earlier, IReadOnlyList<string> Sources, string Folder, LockFile? Lock, bool IsAnew)
{
    // Goes up when what an answer says changes.
    private const int Form = 1;

    /// <summary>All that the answer depends on, as one text.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{Form} net{Environment.Version} {Platform.Current.RuntimeIdentifiers[0]} {Environment.GetEnvironmentVariable("NUGET_PACKAGES")}");
            text.AppendJoin('\n', Requests.Select((request, index) => $"{(index < Earlier ? "has" : "wants")} {request}".ToLowerInvariant()).Order(StringComparer.Ordinal)).AppendLine();
            text.AppendJoin('\n', Sources);
            foreach (var settings in SettingsFiles())
                text.AppendLine().Append(File.ReadAllText(settings));
            return text.AppendLine().Append(Lock?.Text).ToString();
        }
    }

    private IEnumerable<string> SettingsFiles()
    {
        var folders = new List<string>();
        for (var current = Folder; current is not null; current = Path.GetDirectoryName(current))
            folders.Add(current);
        if (Platform.Current.NuGetSettingsFolder is { } settings)
            folders.Add(settings);
        return folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.config", new EnumerationOptions { IgnoreInaccessible = true })
            .Where(file => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
    }
}
