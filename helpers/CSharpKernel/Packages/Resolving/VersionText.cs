using NuGet.Versioning;

namespace CSharpKernel.Packages.Resolving;

/// <summary>Writes ranges of versions as a reader says them.</summary>
internal static class VersionText
{
    /// <summary>A text such as <c>&gt;= 1.0 and &lt; 2.0</c>.</summary>
    public static string Of(VersionRange range) =>
        range.IsFloating ? range.Float!.ToString()
        : range is { HasLowerBound: true, HasUpperBound: true } && range.MinVersion == range.MaxVersion ? range.MinVersion!.ToString()
        : string.Join(" and ", Bounds(range)) is { Length: > 0 } bounds ? bounds : "of any number";

    private static IEnumerable<string> Bounds(VersionRange range)
    {
        if (range.HasLowerBound)
            yield return $"{(range.IsMinInclusive ? ">=" : ">")} {range.MinVersion}";
        if (range.HasUpperBound)
            yield return $"{(range.IsMaxInclusive ? "<=" : "<")} {range.MaxVersion}";
    }
}
