namespace CSharpKernel.Cells;

/// <summary>One <c>#r</c> or <c>#i</c> line.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Value">The path, the package with its version, or the source, without quotes and the word <c>nuget:</c>.</param>
/// <param name="Line">The zero-based line of the cell.</param>
internal sealed record ReferenceDirective(ReferenceKind Kind, string Value, int Line)
{
    private const string PackagePrefix = "nuget:";

    /// <summary>Reads a directive's text such as <c>#r "nuget: Name, 1.0"</c>; the quotes may be missing.</summary>
    /// <returns>Null when the line is no reference directive.</returns>
    public static ReferenceDirective? Parse(string text, int line)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 3 || trimmed[0] != '#' || trimmed[1] is not ('r' or 'i') || !(char.IsWhiteSpace(trimmed[2]) || trimmed[2] == '"'))
            return null;
        var value = trimmed[2..].Trim();
        if (value.StartsWith('"') && value.IndexOf('"', 1) is var end and > 0)
            value = value[1..end];
        else if (value.IndexOf(" //", StringComparison.Ordinal) is var comment and > 0)
            value = value[..comment];
        value = value.Trim();
        var isPackage = value.StartsWith(PackagePrefix, StringComparison.OrdinalIgnoreCase);
        if (isPackage)
            value = value[PackagePrefix.Length..].Trim();
        var kind = (trimmed[1], isPackage) switch
        {
            ('i', _) => ReferenceKind.PackageSource,
            (_, true) => ReferenceKind.Package,
            _ => ReferenceKind.Assembly,
        };
        return new ReferenceDirective(kind, value, line);
    }
}
