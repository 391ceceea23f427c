using System.Collections.Concurrent;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Signing;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace CSharpKernel.Packages.Resolving;

/// <summary>
/// The package sources and package folders that NuGet's settings name for a notebook's folder. Built on NuGet's own libraries, so that
/// settings, credentials, source mapping and the folders' layout are NuGet's; in this process, because starting the SDK takes seconds.
/// </summary>
internal sealed class PackageFeed : IDisposable
{
    private readonly SourceCacheContext _cache = new();
    private readonly ISettings _settings;
    private readonly PackageSourceMapping _mapping;
    private readonly IReadOnlyList<SourceRepository> _repositories;
    private readonly HashSet<string> _additional;
    private readonly ConcurrentDictionary<string, Task<IReadOnlyDictionary<NuGetVersion, SourceRepository>>> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _failures = new();

    static PackageFeed()
    {
        // NuGet's own figures are those of a build: without a network each source would be tried for a quarter of a minute.
        SetUnlessSet("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "3");
        SetUnlessSet("NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS", "300");
    }

    private PackageFeed(ISettings settings, IReadOnlyList<string> additional, PackageFolders folders)
    {
        _settings = settings;
        Folders = folders;
        _mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
        var configured = SettingsUtility.GetEnabledSources(settings).ToList();
        _additional = [.. additional];
        if (configured.Concat(additional.Select(source => new PackageSource(source))).FirstOrDefault(source => source is { IsHttp: true, IsHttps: false, AllowInsecureConnections: false }) is { } open)
            throw new PackageException($"The package source {open.Source} would be read without encryption. Write https://, or allow it in nuget.config with allowInsecureConnections=\"true\".");
        _repositories = [.. configured.Concat(additional.Select(source => new PackageSource(source))).DistinctBy(source => source.Source)
            .Select(Repository.Factory.GetCoreV3)];
    }

    /// <summary>The folders with unpacked packages.</summary>
    public PackageFolders Folders { get; }

    /// <summary>The sources, as they are written.</summary>
    public IEnumerable<string> Sources => _repositories.Select(repository => repository.PackageSource.Source);

    /// <summary>The sources that did not answer, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Failures => _failures;

    /// <summary>Reads NuGet's settings for a folder.</summary>
    /// <param name="folder">The notebook's folder; <c>nuget.config</c> files count from there upward.</param>
    /// <param name="additional">Sources to look in besides.</param>
    /// <param name="spare">Where packages are unpacked when NuGet's own folder cannot be written.</param>
    /// <exception cref="PackageException">A settings file is damaged.</exception>
    public static PackageFeed Open(string folder, IReadOnlyList<string> additional, string spare)
    {
        try
        {
            var settings = Settings.LoadDefaultSettings(folder);
            return new PackageFeed(settings, additional, PackageFolders.Open(settings, spare));
        }
        catch (NuGetConfigurationException e)
        {
            throw new PackageException($"NuGet's settings cannot be read: {e.Message}");
        }
    }

    /// <summary>The versions of a package that the sources have, each with the first source that has it.</summary>
    public Task<IReadOnlyDictionary<NuGetVersion, SourceRepository>> FindVersionsAsync(string name, CancellationToken cancellationToken) =>
        _versions.GetOrAdd(name, _ => ReadVersionsAsync(name, cancellationToken));

    /// <summary>What a package depends on, for each framework.</summary>
    /// <exception cref="PackageException">No source has it, or none answers.</exception>
    public async Task<IReadOnlyList<PackageDependencyGroup>> ReadDependenciesAsync(PackageIdentity package, CancellationToken cancellationToken)
    {
        if (Folders.Find(package) is { } folder)
            return [.. new NuspecReader(Folders.NuspecOf(package, folder)).GetDependencyGroups()];
        var source = await FindSourceAsync(package, cancellationToken);
        return await AskAsync(source, package.ToString(), async finder =>
            (await finder.GetDependencyInfoAsync(package.Id, package.Version, _cache, NullLogger.Instance, cancellationToken))?.DependencyGroups) ?? [];
    }

    /// <summary>Unpacks a package into the package folder, unless it is there already.</summary>
    /// <returns>The package's folder.</returns>
    /// <exception cref="PackageException">It cannot be had.</exception>
    public async Task<string> InstallAsync(PackageIdentity package, CancellationToken cancellationToken)
    {
        if (Folders.Find(package) is { } present)
            return present;
        var source = await FindSourceAsync(package, cancellationToken);
        var root = Folders.Writable();
        return await AskAsync(source, package.ToString(), async finder =>
        {
            using var downloader = await finder.GetPackageDownloaderAsync(package, _cache, NullLogger.Instance, cancellationToken)
                ?? throw new PackageException($"{source.PackageSource.Source} lists {package.Id} {package.Version}, but does not have it.");
            var context = new PackageExtractionContext(
                PackageSaveMode.Defaultv3, XmlDocFileSaveMode.None, ClientPolicyContext.GetClientPolicy(_settings, NullLogger.Instance), NullLogger.Instance);
            // Unpacks below a lock of its own and writes the metadata last: a killed or second kernel leaves or finds a whole package.
            await PackageExtractor.InstallFromSourceAsync(package, downloader, new VersionFolderPathResolver(root), context, cancellationToken);
            return Folders.Find(package) ?? throw new PackageException($"{package.Id} {package.Version} could not be unpacked into {root}.");
        }) ?? throw new PackageException($"{package.Id} {package.Version} could not be unpacked into {root}.");
    }

    public void Dispose() => _cache.Dispose();

    private async Task<SourceRepository> FindSourceAsync(PackageIdentity package, CancellationToken cancellationToken) =>
        (await FindVersionsAsync(package.Id, cancellationToken)).TryGetValue(package.Version, out var source)
            ? source
            : throw new PackageException($"No source has {package.Id} {package.Version}. Sources: {string.Join(", ", Sources)}.{FailureText()}");

    /// <summary>A package's name as its author writes it: folders have it in lower case.</summary>
    public string ProperName(string name, string version)
    {
        var package = new PackageIdentity(name, NuGetVersion.Parse(version));
        return Folders.Find(package) is { } folder ? new NuspecReader(Folders.NuspecOf(package, folder)).GetId() : name;
    }

    /// <summary>One sentence for each source that did not answer.</summary>
    public string FailureText() => string.Concat(_failures.OrderBy(failure => failure.Key, StringComparer.Ordinal).Select(failure => $" The source {failure.Key} does not answer: {failure.Value}"));

    private async Task<IReadOnlyDictionary<NuGetVersion, SourceRepository>> ReadVersionsAsync(string name, CancellationToken cancellationToken)
    {
        var found = new Dictionary<NuGetVersion, SourceRepository>();
        var answers = await Task.WhenAll(_repositories.Where(repository => MayHave(repository, name)).Select(async repository => (
            Source: repository,
            Versions: await AskAsync(repository, name, async finder => (await finder.GetAllVersionsAsync(name, _cache, NullLogger.Instance, cancellationToken))?.ToList(), mayFail: true))));
        foreach (var (source, versions) in answers)
            foreach (var version in versions ?? [])
                found.TryAdd(version, source);
        return found;
    }

    // A source of #i is wanted for whatever it has; the patterns of package source mapping speak of the configured ones.
    private bool MayHave(SourceRepository repository, string name) =>
        !_mapping.IsEnabled || _additional.Contains(repository.PackageSource.Source)
        || _mapping.GetConfiguredPackageSources(name).Contains(repository.PackageSource.Name, StringComparer.OrdinalIgnoreCase);

    private async Task<T?> AskAsync<T>(SourceRepository source, string what, Func<FindPackageByIdResource, Task<T?>> ask, bool mayFail = false) where T : class
    {
        try
        {
            return await ask(await source.GetResourceAsync<FindPackageByIdResource>()
                ?? throw new IOException("It is neither a folder nor an address of packages"));
        }
        catch (Exception e) when (e is FatalProtocolException or HttpRequestException or IOException or UnauthorizedAccessException or PackagingException)
        {
            var reason = Innermost(e);
            if (!mayFail)
                throw new PackageException($"{what} cannot be had from {source.PackageSource.Source}: {reason}");
            _failures[source.PackageSource.Source] = reason;
            return null;
        }
    }

    private static void SetUnlessSet(string variable, string value)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
            Environment.SetEnvironmentVariable(variable, value);
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception.Message.TrimEnd('.') + ".";
    }
}
