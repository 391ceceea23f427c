using System.Net;
using CSharpKernel.Cells;
using CSharpKernel.Display;
using CSharpKernel.Execution;
using CSharpKernel.Scripting;

namespace CSharpKernel.Packages;

/// <summary>The packages of a notebook: adds those that a cell asks for to those it has, and shows the progress.</summary>
internal sealed class PackageSession(PackageResolver resolver, ReferenceSet references)
{
    private readonly List<PackageRequest> _requests = [];
    private readonly List<string> _sources = [];
    private IReadOnlyDictionary<string, string> _versions = new Dictionary<string, string>();

    /// <summary>Adds what the reference lines of a cell ask for.</summary>
    /// <exception cref="PackageException">A package cannot be added; the session stays as it was.</exception>
    public async Task AddAsync(IReadOnlyList<ReferenceDirective> directives, string folder, CellContext cell)
    {
        foreach (var source in directives.Where(directive => directive.Kind == ReferenceKind.PackageSource))
            AddSource(source.Value, folder);
        var wanted = directives.Where(directive => directive.Kind == ReferenceKind.Package)
            .Select(directive => PackageRequest.Parse(directive.Value)).Where(IsNew).Distinct().ToList();
        if (wanted.Count == 0)
            return;

        var displayId = Guid.NewGuid().ToString("N");
        cell.Display(Describe("Installing packages", wanted.Select(package => package.Version is null ? package.Name : $"{package.Name}, {package.Version}")), displayId);
        PackageAssets assets;
        try
        {
            assets = await resolver.ResolveAsync([.. _requests, .. wanted], _sources, folder, cell.CancellationToken);
        }
        catch (Exception e) when (e is PackageException or OperationCanceledException)
        {
            cell.Display(Describe("Not installed", wanted.Select(package => package.Name)), displayId, update: true);
            throw;
        }

        foreach (var (compile, runtime) in assets.Assemblies)
            references.AddPackageAssembly(compile, runtime);
        foreach (var file in assets.NativeFiles)
            references.LoadContext.AddNativeFile(file);
        _requests.AddRange(wanted);
        _versions = assets.Versions;
        cell.Display(Describe("Installed packages", wanted.Select(package => $"{package.Name}, {assets.Versions[package.Name]}")), displayId, update: true);
    }

    private void AddSource(string source, string folder)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.IsFile)
        {
            source = Path.GetFullPath(source, folder);
            if (!Directory.Exists(source))
                throw new PackageException($"The package source of #i does not exist: {source}. Give a folder with packages, or an address that begins with https://.");
        }

        if (!_sources.Contains(source))
            _sources.Add(source);
    }

    private bool IsNew(PackageRequest request)
    {
        var former = _requests.Find(each => each.Name.Equals(request.Name, StringComparison.OrdinalIgnoreCase));
        if (former is null)
            return true;
        var version = _versions[former.Name];
        if (request.Version is null || request.Version == former.Version || request.Version == version)
            return false;
        throw new PackageException($"{former.Name} version {request.Version} cannot be added because version {version} was added previously. Restart the kernel to use the other version.");
    }

    private static DisplayBundle Describe(string title, IEnumerable<string> packages)
    {
        var list = packages.ToList();
        return DisplayBundle.OfHtml(
            $"<div><strong>{title}</strong><ul>{string.Concat(list.Select(each => $"<li>{WebUtility.HtmlEncode(each)}</li>"))}</ul></div>",
            $"{title}: {string.Join("; ", list)}");
    }
}
