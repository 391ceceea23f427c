using System.Globalization;
using CSharpKernel.Packages.Locking;
using CSharpKernel.Packages.Resolving;
using JupyterProtocol;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CSharpKernel.Packages;

/// <summary>Finds the packages of a notebook with all they depend on, and remembers each answer.</summary>
/// <param name="cache">The folder of the answers.</param>
/// <param name="time">The clock.</param>
internal sealed class PackageResolver(string cache, TimeProvider time)
{
    /// <summary>The environment variable that moves the kernel's cache.</summary>
    public const string CacheVariable = "CSHARPKERNEL_CACHE";

    private const int ParallelLimit = 6;

    private readonly AnswerCache _answers = new(Path.Combine(cache, "packages"), time);

    /// <summary>The folder of answers: below <c>CSHARPKERNEL_CACHE</c>, or in the user's folder for caches.</summary>
    public static string DefaultCache =>
        Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : Platform.Current.CacheFolder ?? Path.Combine(Path.GetTempPath(), "csharpkernel");

    /// <summary>Finds the files of packages and of all they depend on.</summary>
    /// <param name="question">What is wanted.</param>
    /// <param name="report">Told what is being done.</param>
    /// <param name="cancellationToken">Stops the search; whatever was unpacked is whole.</param>
    /// <exception cref="PackageException">The packages cannot be had.</exception>
    public async Task<PackageSet> ResolveAsync(PackageQuestion question, Action<string> report, CancellationToken cancellationToken)
    {
        var text = question.Text;
        var known = _answers.Find(text, out var isFresh);
        if (known is not null && isFresh && !question.IsAnew)
            return known;
        // On a thread of its own: the first use loads NuGet's libraries, and the cell's thread must stay free to be interrupted.
        return await Task.Run(() => SearchAsync(question, text, known, report, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
    }

    /// <summary>The packages that this machine has.</summary>
    public PackageNames OpenNames(string folder, IReadOnlyList<string> sources) => new(OpenFeed(folder, sources));

    private PackageFeed OpenFeed(string folder, IReadOnlyList<string> sources) => PackageFeed.Open(folder, sources, Path.Combine(cache, "unpacked"));

    private async Task<PackageSet> SearchAsync(PackageQuestion question, string text, PackageSet? known, Action<string> report, CancellationToken cancellationToken)
    {
        using var feed = OpenFeed(question.Folder, question.Sources);
        PackageSet answer;
        try
        {
            answer = question.Lock is { } locked
                ? await TakeLockedAsync(question, locked, feed, report, cancellationToken)
                : await ChooseAsync(question, feed, report, cancellationToken);
        }
        catch (PackageException) when (known is not null && feed.Failures.Count > 0)
        {
            return known with { Remarks = [.. known.Remarks, $"The versions are those of an earlier day.{feed.FailureText()}"] };
        }

        return feed.Failures.Count == 0 && _answers.Add(text, answer) is { } reason ? answer with { Remarks = [.. answer.Remarks, reason] } : answer;
    }

    private static async Task<PackageSet> ChooseAsync(PackageQuestion question, PackageFeed feed, Action<string> report, CancellationToken cancellationToken)
    {
        var remarks = new List<string>();
        var requests = question.Requests.Select(request => new DependencyEdge(null, request.Name, ReadRange(request))).ToList();
        while (true)
        {
            var walk = new DependencyWalk(new PackageVersions(feed, remarks), PackageReader.Framework, requests, package => report($"Looking up {package}"));
            var chosen = await walk.RunAsync(cancellationToken);
            var conflicts = new VersionConflicts(walk.Edges, chosen);
            var raised = RaiseEarlier(requests, question.Earlier, conflicts.Downgrades);
            if (raised is not null)
            {
                requests = raised;
                continue;
            }

            conflicts.ThrowIfAny();
            IReadOnlyList<PackageContents> packages;
            try
            {
                packages = await InstallAsync([.. chosen.Values], walk.Edges, feed, report, cancellationToken);
            }
            catch (UnsuitablePackageException e) when (e.Package.Version.Major > 1 && requests.FindIndex(request => IsNewest(request, e.Package)) is var index and >= 0)
            {
                // The newest of all was asked for, and that is for a newer .NET: the newest of the generation before it is meant.
                requests[index] = requests[index] with { Range = VersionRange.Parse($"[*, {e.Package.Version.Major}.0.0-0)") };
                remarks.Add($"{e.Message.Split(". ")[0]}. An older version was taken.");
                continue;
            }

            return new PackageSet(packages, [.. remarks, .. conflicts.Remarks], requests.Exists(request => request.Range.IsFloating));
        }
    }

    private static List<DependencyEdge>? RaiseEarlier(List<DependencyEdge> requests, int earlier, IReadOnlyDictionary<string, NuGetVersion> needed)
    {
        var isRaised = false;
        var raised = requests.Select((request, index) =>
        {
            if (index >= earlier || request.Range.IsFloating || request.Range.HasUpperBound || !needed.TryGetValue(request.Name, out var version))
                return request;
            isRaised = true;
            return request with { Range = new VersionRange(version) };
        }).ToList();
        return isRaised ? raised : null;
    }

    private static async Task<PackageSet> TakeLockedAsync(PackageQuestion question, LockFile locked, PackageFeed feed, Action<string> report, CancellationToken cancellationToken)
    {
        var taken = locked.Take(question.Requests);
        var edges = taken.SelectMany(package => package.Package.Dependencies.Select(each => new DependencyEdge(package.Name, each.Key, VersionRange.Parse(each.Value)))).ToList();
        var packages = await InstallAsync([.. taken.Select(each => new PackageIdentity(each.Name, NuGetVersion.Parse(each.Package.Version)))], edges, feed, report, cancellationToken);
        foreach (var package in packages)
            locked.Verify(package);
        return new PackageSet(packages, [], IsOpen: false);
    }

    private static async Task<IReadOnlyList<PackageContents>> InstallAsync(
        IReadOnlyList<PackageIdentity> packages, IReadOnlyList<DependencyEdge> edges, PackageFeed feed, Action<string> report, CancellationToken cancellationToken)
    {
        var contents = new PackageContents[packages.Count];
        var (done, bytes) = (0, 0L);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelLimit, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, packages.Count, options, async (index, stop) =>
        {
            var package = packages[index];
            report(string.Create(CultureInfo.InvariantCulture, $"Unpacking {package.Id} {package.Version} ({Volatile.Read(ref done)} of {packages.Count} packages, {Volatile.Read(ref bytes) / 1e6:0.0} MB)"));
            var folder = await feed.InstallAsync(package, stop);
            using var nuspec = new FileStream(feed.Folders.NuspecOf(package, folder), FileMode.Open, FileAccess.Read, FileShare.Read);
            var dependencies = edges.Where(edge => edge.Parent?.Equals(package.Id, StringComparison.OrdinalIgnoreCase) == true)
                .GroupBy(edge => edge.Name, StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => group.First().Range.ToNormalizedString());
            contents[index] = PackageReader.Read(package, folder, new NuspecReader(nuspec), dependencies);
            Interlocked.Increment(ref done);
            Interlocked.Add(ref bytes, new DirectoryInfo(folder).EnumerateFiles("*.nupkg").Sum(file => file.Length));
        });
        return [.. contents.OrderBy(each => each.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static bool IsNewest(DependencyEdge request, PackageIdentity package) =>
        request.Name.Equals(package.Id, StringComparison.OrdinalIgnoreCase) && request.Range.Float?.FloatBehavior == NuGetVersionFloatBehavior.Major;

    private static VersionRange ReadRange(PackageRequest request) =>
        VersionRange.TryParse(request.Version ?? "*", allowFloating: true, out var range) ? range
        : throw new PackageException($"\"{request.Version}\" is no version, in #r \"nuget: {request}\". Write a version (1.2.3), a pattern (1.*, *-*) or a range ([1.0,2.0)).");
}
