namespace CSharpKernel.Packages;

/// <summary>A package that a notebook asks for.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The version, a range (<c>[1.0,2.0)</c>) or one with wildcards (<c>1.*</c>, <c>*-*</c>); null for the newest.</param>
internal sealed record PackageRequest(string Name, string? Version)
{
    private const string VersionWord = "version=";

    // NuGet's own limit.
    private const int NameLimit = 100;

    /// <summary>Reads <c>Name</c> or <c>Name, version</c>.</summary>
    /// <exception cref="PackageException">The text is neither.</exception>
    public static PackageRequest Parse(string text)
    {
        // A range has a comma of its own, so only the first one separates.
        var parts = text.Split(',', 2, StringSplitOptions.TrimEntries);
        var (name, version) = (parts[0], parts.Length > 1 ? parts[1] : "");
        if (version.StartsWith(VersionWord, StringComparison.OrdinalIgnoreCase))
            version = version[VersionWord.Length..].Trim();
        if (name.Length is 0 or > NameLimit || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_') || !IsVersion(version))
            throw new PackageException($"#r \"nuget: {text}\" is no package reference. Write #r \"nuget: Name\" or #r \"nuget: Name, 1.2.3\".");
        return new PackageRequest(name, version.Length > 0 ? version : null);
    }

    /// <summary>As it stands in a cell.</summary>
    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";

    private static bool IsVersion(string text)
    {
        var isRange = text.Length > 0 && text[0] is '[' or '(';
        return text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '*' || (isRange && letter is '[' or ']' or '(' or ')' or ',' or ' '));
    }
}
