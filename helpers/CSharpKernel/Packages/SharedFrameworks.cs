using CSharpKernel.Scripting;

namespace CSharpKernel.Packages;

/// <summary>Finds the shared frameworks installed beside .NET, such as <c>Microsoft.AspNetCore.App</c>.</summary>
internal static class SharedFrameworks
{
    /// <summary>The assemblies of a shared framework, each with the file to compile against and the one to load.</summary>
    /// <exception cref="PackageException">It is not installed.</exception>
    public static IReadOnlyList<ReferencedAssembly> Read(string name, string neededBy)
    {
        var dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        if (Newest(Path.Combine(dotnet, "shared", name)) is not { } shared)
            throw new PackageException(
                $"{neededBy} needs the shared framework {name} {Environment.Version.Major}, which is not installed in {dotnet}. Install {Product(name)} {Environment.Version.Major}, or the .NET SDK, which contains it.");
        var pack = Newest(Path.Combine(dotnet, "packs", name + ".Ref"));
        var references = pack is null ? null : Path.Combine(pack, "ref", $"net{Environment.Version.Major}.{Environment.Version.Minor}");
        return [.. Directory.EnumerateFiles(shared, "*.dll")
            .Where(ManagedAssembly.Is)
            .Select(file => (Runtime: file, Reference: references is null ? file : Path.Combine(references, Path.GetFileName(file))))
            .Select(pair => new ReferencedAssembly(File.Exists(pair.Reference) ? pair.Reference : pair.Runtime, pair.Runtime, name))];
    }

    private static string? Newest(string folder) =>
        !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder)
            .Select(each => (Folder: each, Version: Version.TryParse(Path.GetFileName(each), out var version) ? version : null))
            .Where(each => each.Version?.Major == Environment.Version.Major)
            .OrderByDescending(each => each.Version)
            .Select(each => each.Folder)
            .FirstOrDefault();

    private static string Product(string name) => name switch
    {
        "Microsoft.AspNetCore.App" => "the ASP.NET Core Runtime",
        "Microsoft.WindowsDesktop.App" => "the .NET Desktop Runtime (Windows only)",
        _ => name,
    };
}
