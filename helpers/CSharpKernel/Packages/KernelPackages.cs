namespace CSharpKernel.Packages;

/// <summary>
/// The assemblies whose namespaces the kernel itself supplies. Packages made for the old kernel bring them along; two of each would leave
/// the compiler without a choice.
/// </summary>
internal static class KernelPackages
{
    private const string Family = "Microsoft.DotNet.Interactive";

    /// <summary>Whether the kernel stands in for the assembly or package of this name.</summary>
    public static bool Replace(string name) =>
        name.Equals(Family, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(Family + ".", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Microsoft.AspNetCore.Html.Abstractions", StringComparison.OrdinalIgnoreCase);
}
