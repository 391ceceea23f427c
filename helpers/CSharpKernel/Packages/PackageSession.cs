using CSharpKernel.Cells;
using CSharpKernel.Execution;
using CSharpKernel.Packages.Locking;
using CSharpKernel.Scripting;
using NuGet.Versioning;

namespace CSharpKernel.Packages;

/// <summary>The packages of a notebook: adds those that a cell asks for to those it has, and keeps to the folder's lock.</summary>
internal sealed class PackageSession(PackageResolver resolver, ReferenceSet references)
{
    private readonly List<string> _sources = [];
    private List<PackageRequest> _requests = [];
    private PackageSet _set = PackageSet.Empty;
    private bool _isLocking;

    /// <summary>Adds what the reference lines of a cell ask for.</summary>
    /// <exception cref="PackageException">A package cannot be added; the session stays as it was.</exception>
    public async Task AddAsync(IReadOnlyList<ReferenceDirective> directives, string folder, CellContext cell)
    {
        foreach (var source in directives.Where(directive => directive.Kind == ReferenceKind.PackageSource))
            AddSource(source.Value, folder);
        var wanted = directives.Where(directive => directive.Kind == ReferenceKind.Package)
            .Select(directive => PackageRequest.Parse(directive.Value)).Where(IsNew)
            .DistinctBy(request => $"{request}", StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count > 0)
            await InstallAsync(KeepOne(wanted), isAnew: false, folder, cell);
    }

    /// <summary>The packages that this machine has.</summary>
    public PackageNames OpenNames(string folder) => resolver.OpenNames(folder, _sources);

    /// <summary>Writes the folder's lock from now on, or holds the notebook to the one that is there.</summary>
    /// <param name="isAnew">Whether versions are chosen anew, whatever the lock says.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>What was done, for the reader.</returns>
    public async Task<string> LockAsync(bool isAnew, string folder, CellContext cell)
    {
        var path = Path.Combine(folder, LockFile.Name);
        if (!isAnew && !_isLocking && LockFile.Read(folder) is { } present)
        {
            if (_requests.Count > 0)
                await InstallAsync([], isAnew: false, folder, cell);
            return $"{path} holds {Count(present.Count)}; this notebook gets exactly those. #!lock --update chooses anew.";
        }

        _isLocking = true;
        if (_requests.Count == 0)
            return $"{path} will be written by the cells that follow with #r \"nuget: …\".";
        await InstallAsync([], isAnew, folder, cell);
        return $"{path} was written: {Count(LockFile.Read(folder)!.Count)}.";
    }

    private async Task InstallAsync(List<PackageRequest> wanted, bool isAnew, string folder, CellContext cell)
    {
        var replaced = wanted.Where(request => KernelPackages.Replace(request.Name)).ToList();
        var kept = _requests.FindAll(request => !wanted.Any(each => IsSame(each, request)));
        List<PackageRequest> requests = [.. kept, .. wanted.Except(replaced)];
        var progress = wanted.Count > 0 ? new PackageProgress(cell, wanted) : null;
        try
        {
            var question = new PackageQuestion(requests, kept.Count, _sources, folder, _isLocking ? null : LockFile.Read(folder), isAnew);
            var set = requests.Count == 0 ? PackageSet.Empty
                : await resolver.ResolveAsync(question, activity => progress?.Report(activity), cell.CancellationToken);
            references.AddAssemblies(AssembliesOf(set));
            references.LoadContext.SetPackageFiles(
                [.. set.Packages.SelectMany(package => package.Native.Select(package.Full))],
                [.. set.Packages.SelectMany(package => package.Resources.Select(package.Full))]);
            (_requests, _set) = (requests, set);
            progress?.Finish(replaced, set);
            if (_isLocking)
                LockFile.Write(folder, ReadFormer(folder), requests, set);
        }
        catch (Exception e) when (e is PackageException or ReferenceException or OperationCanceledException)
        {
            if (_requests != requests)
                progress?.Fail();
            throw;
        }
    }

    // A lock that is damaged or of another .NET has nothing worth keeping when it is written anew.
    private static LockFile? ReadFormer(string folder)
    {
        try
        {
            return LockFile.Read(folder) is { } lockFile && lockFile.Content.Framework == NotebookLock.CurrentFramework ? lockFile : null;
        }
        catch (PackageException)
        {
            return null;
        }
    }

    private static IEnumerable<ReferencedAssembly> AssembliesOf(PackageSet set)
    {
        foreach (var package in set.Packages)
        {
            var origin = $"{package.Name} {package.Version}";
            var runtime = package.Runtime.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).ToDictionary(file => Path.GetFileName(file), package.Full, StringComparer.OrdinalIgnoreCase);
            foreach (var file in package.Compile.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)))
                if (!KernelPackages.Replace(Path.GetFileNameWithoutExtension(file)))
                    yield return new ReferencedAssembly(package.Full(file), runtime.Remove(Path.GetFileName(file), out var twin) ? twin : null, origin);
            foreach (var file in runtime.Values)
                if (!KernelPackages.Replace(Path.GetFileNameWithoutExtension(file)))
                    yield return new ReferencedAssembly(Compile: null, file, origin);
        }

        foreach (var framework in set.Packages.SelectMany(package => package.Frameworks.Select(name => (Name: name, By: package.Name))).DistinctBy(each => each.Name))
            foreach (var assembly in SharedFrameworks.Read(framework.Name, framework.By))
                if (!KernelPackages.Replace(assembly.Name))
                    yield return assembly;
    }

    private void AddSource(string source, string folder)
    {
        if (source.Length == 0)
            throw new PackageException("#i names no package source. Write #i \"nuget: folder\" or #i \"nuget: https://…\".");
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.IsFile)
        {
            source = Path.GetFullPath(address?.LocalPath ?? source, folder);
            if (!Directory.Exists(source))
                throw new PackageException($"The package source of #i does not exist: {source}. Give a folder with packages, or an address that begins with https://.");
        }

        if (!_sources.Contains(source))
            _sources.Add(source);
    }

    private bool IsNew(PackageRequest request)
    {
        if (_requests.Find(each => IsSame(each, request)) is not { } former)
            return true;
        var package = _set.Find(former.Name)!;
        if (request.Version is null || request.Version == former.Version || Accepts(request.Version, package.Version))
            return false;
        // While nothing of it is loaded, the later cell has its way.
        if (!AssembliesOf(_set).Where(assembly => assembly.Origin == $"{package.Name} {package.Version}").Any(assembly => references.LoadContext.LoadedVersions.ContainsKey(assembly.Name)))
            return true;
        throw new PackageException($"{former.Name} version {request.Version} cannot be added because version {package.Version} was added previously. Restart the kernel to use the other version.");
    }

    private static bool Accepts(string asked, string present) =>
        VersionRange.TryParse(asked, out var range) && NuGetVersion.Parse(present) is var version
        && (range.IsFloating || asked[0] is '[' or '(' ? range.Satisfies(version) : range.MinVersion == version);

    // The same package may be asked for on several lines, as long as they mean the same.
    private static List<PackageRequest> KeepOne(List<PackageRequest> wanted) =>
        [.. wanted.GroupBy(request => request.Name, StringComparer.OrdinalIgnoreCase).Select(group =>
            group.Count() == 1 || group.DistinctBy(request => VersionRange.TryParse(request.Version ?? "*", out var range) ? range.ToNormalizedString() : request.Version).Count() == 1
                ? group.First()
                : throw new PackageException($"The cell asks for {group.Key} more than once, and differently: {string.Join("; ", group.Select(request => request.Version ?? "the newest"))}. Keep one of the lines."))];

    private static bool IsSame(PackageRequest one, PackageRequest other) => one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    private static string Count(int packages) => packages == 1 ? "1 package" : $"{packages} packages";
}
