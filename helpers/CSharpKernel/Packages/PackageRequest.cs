namespace CSharpKernel.Packages;

/// <summary>A package that a notebook asks for.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The version, which may have wildcards (<c>1.*</c>, <c>*-*</c>); null for the newest.</param>
internal sealed record PackageRequest(string Name, string? Version)
{
    /// <summary>Reads <c>Name</c> or <c>Name, version</c>.</summary>
    /// <exception cref="PackageException">The text is neither.</exception>
    public static PackageRequest Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 } name, ..] || parts.Length > 2 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            throw new PackageException($"#r \"nuget: {text}\" is no package reference. Write #r \"nuget: Name\" or #r \"nuget: Name, 1.2.3\".");
        return new PackageRequest(name, parts is [_, { Length: > 0 } version] ? version : null);
    }
}
