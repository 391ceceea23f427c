using System.Text.RegularExpressions;
using CSharpKernel.Packages;

namespace CSharpKernel.Completion;

/// <summary>Completes the names and versions of packages in <c>#r "nuget: …"</c>, from what this machine has.</summary>
internal static partial class PackageCompletion
{
    private const int Limit = 200;

    /// <summary>Completes the package at a position.</summary>
    /// <returns>Null when the position is not in a line that asks for a package.</returns>
    public static CompletionMatches? Complete(string code, int position, Func<PackageNames> open)
    {
        var start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        if (code.AsSpan(start, position - start).TrimStart() is not ['#', 'r', ..] || Reference().Match(code[start..position]) is not { Success: true } line)
            return null;
        using var names = open();
        var (name, version) = (line.Groups["name"], line.Groups["version"]);
        if (!version.Success)
            return new CompletionMatches(start + name.Index, position, [.. names.Names(name.Value, Limit).Select(each => new CompletionMatch(each, "module", ""))]);
        return new CompletionMatches(start + version.Index, position, [.. names.Versions(name.Value)
            .Where(each => each.StartsWith(version.Value, StringComparison.OrdinalIgnoreCase)).Take(Limit).Select(each => new CompletionMatch(each, "value", ""))]);
    }

    [GeneratedRegex("""^\s*\#r\s*"?\s*nuget:\s*(?<name>[\w.-]*)(\s*,\s*(?<version>[^"\s]*))?$""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
