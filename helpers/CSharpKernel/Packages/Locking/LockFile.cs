using System.Text.Json;
using NuGet.Versioning;

namespace CSharpKernel.Packages.Locking;

/// <summary>The lock of a notebook's folder: with it, a notebook gets the same packages on every machine and every day.</summary>
internal sealed class LockFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "notebook.lock.json";

    private const string Advice = "Run a cell with #!lock --update to choose anew, or delete the file to go without it.";

    private readonly string _path;
    private readonly NotebookLock _content;

    private LockFile(string path, string text, NotebookLock content)
    {
        _path = path;
        Text = text;
        _content = content;
    }

    /// <summary>The file's text.</summary>
    public string Text { get; }

    /// <summary>The number of packages in it.</summary>
    public int Count => _content.Packages.Count;

    /// <summary>What it says.</summary>
    public NotebookLock Content => _content;

    /// <summary>Reads the lock of a folder.</summary>
    /// <returns>Null when the folder has none.</returns>
    /// <exception cref="PackageException">It is damaged; the message names the line.</exception>
    public static LockFile? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        NotebookLock content;
        try
        {
            content = JsonSerializer.Deserialize(text, PackageJson.Default.NotebookLock) ?? throw new PackageException($"{path}, line 1, is empty. {Advice}");
        }
        catch (JsonException e)
        {
            throw new PackageException($"{path}, line {(e.LineNumber ?? 0) + 1}, is damaged: {e.Message.Split(" Path:")[0].TrimEnd('.')}. {Advice}");
        }

        Check(path, text, content);
        return new LockFile(path, text, content);
    }

    /// <summary>Writes a lock: what a notebook got is put in the place of what the folder's lock, if any, said of those packages.</summary>
    public static void Write(string folder, LockFile? former, IReadOnlyList<PackageRequest> requests, PackageSet set)
    {
        var requested = new SortedDictionary<string, string>(Entries(former?._content.Requested), StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
            requested[set.Find(request.Name)!.Name] = request.Version ?? "*";
        var packages = new SortedDictionary<string, LockedPackage>(Entries(former?._content.Packages), StringComparer.OrdinalIgnoreCase);
        foreach (var package in set.Packages)
            packages[package.Name] = new LockedPackage(
                package.Version, package.Sha512, package.Dependencies, RuntimesOf(package), package.Frameworks.Count > 0 ? package.Frameworks : null);
        var reached = Reach(requested.Keys, packages);
        foreach (var name in packages.Keys.Where(name => !reached.Contains(name)).ToList())
            packages.Remove(name);

        var content = new NotebookLock(NotebookLock.CurrentVersion, NotebookLock.CurrentFramework, requested, packages);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, PackageJson.Default.NotebookLock);
        try
        {
            AtomicFile.Write(Path.Combine(folder, Name), [.. bytes, (byte)'\n']);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackageException($"{Path.Combine(folder, Name)} cannot be written: {e.Message} The packages are installed; only the lock is missing.");
        }
    }

    /// <summary>The locked packages that fulfil a notebook's wishes.</summary>
    /// <exception cref="PackageException">The lock does not fit the wishes; the message says what differs.</exception>
    public IReadOnlyList<(string Name, LockedPackage Package)> Take(IReadOnlyList<PackageRequest> requests)
    {
        if (_content.Framework != NotebookLock.CurrentFramework)
            throw Unfit($"it was made for {_content.Framework}, and this kernel runs on {NotebookLock.CurrentFramework}");
        var byName = new Dictionary<string, LockedPackage>(_content.Packages, StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            if (!byName.TryGetValue(request.Name, out var locked))
                throw Unfit($"it has no {request.Name}, which the notebook asks for with #r \"nuget: {request}\"");
            if (!Fits(request, locked))
                throw Unfit($"it has {request.Name} {locked.Version}, and the notebook asks for {request.Version}");
        }

        var reached = Reach(requests.Select(request => request.Name), byName);
        foreach (var name in reached)
            foreach (var (dependency, range) in byName.TryGetValue(name, out var package) ? package.Dependencies : throw Unfit($"it has no {name}, which other packages in it depend on"))
                if (byName.TryGetValue(dependency, out var other) && VersionRange.Parse(range) is { MinVersion: { } least } && NuGetVersion.Parse(other.Version) < least && !IsRequested(dependency))
                    throw Unfit($"{name} {package.Version} in it wants {dependency} {range}, and it has {other.Version}");
        return [.. _content.Packages.Where(each => reached.Contains(each.Key)).Select(each => (each.Key, each.Value))];
    }

    /// <summary>Compares a package's content with what was locked.</summary>
    /// <exception cref="PackageException">It is another content.</exception>
    public void Verify(PackageContents package)
    {
        var locked = _content.Packages.First(each => each.Key.Equals(package.Name, StringComparison.OrdinalIgnoreCase)).Value;
        if (locked.Sha512 != package.Sha512)
            throw new PackageException(
                $"{package.Name} {package.Version} in {package.Folder} is not the package that {_path}, line {LineOf(Text, package.Name, "\"packages\"")}, describes: its SHA-512 is {package.Sha512}, and {locked.Sha512} is locked. "
                + $"If the package folder is wrong, delete it, so that the package is fetched again; if the package was published anew on purpose, run a cell with #!lock --update.");
    }

    private static void Check(string path, string text, NotebookLock content)
    {
        if (content.Version != NotebookLock.CurrentVersion)
            throw new PackageException($"{path}, line {LineOf(text, "version")}, has the form {content.Version}; this kernel reads the form {NotebookLock.CurrentVersion}. {Advice}");
        foreach (var (name, package) in content.Packages)
        {
            var line = LineOf(text, name, "\"packages\"");
            if (!NuGetVersion.TryParse(package.Version, out _))
                throw new PackageException($"{path}, line {line}: \"{package.Version}\" is no version of {name}. {Advice}");
            if (!Convert.TryFromBase64String(package.Sha512, new byte[package.Sha512.Length], out var length) || length != 64)
                throw new PackageException($"{path}, line {line}: the hash of {name} is no SHA-512 in base 64. {Advice}");
            foreach (var (dependency, range) in package.Dependencies)
                if (!VersionRange.TryParse(range, out _))
                    throw new PackageException($"{path}, line {line}: \"{range}\" is no range of versions of {dependency}, on which {name} depends. {Advice}");
        }
    }

    private static int LineOf(string text, string key, string after = "")
    {
        var start = Math.Max(0, text.IndexOf(after, StringComparison.Ordinal));
        var index = text.IndexOf($"\"{key}\"", start, StringComparison.OrdinalIgnoreCase);
        return 1 + text.AsSpan(0, Math.Max(0, index)).Count('\n');
    }

    private bool Fits(PackageRequest request, LockedPackage locked) =>
        request.Version is null
        || _content.Requested.Any(each => each.Key.Equals(request.Name, StringComparison.OrdinalIgnoreCase) && each.Value == request.Version)
        || (VersionRange.TryParse(request.Version, out var range) && NuGetVersion.Parse(locked.Version) is var version
            && (range.IsFloating || request.Version[0] is '[' or '(' ? range.Satisfies(version) : range.MinVersion == version));

    private bool IsRequested(string name) => _content.Requested.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);

    private PackageException Unfit(string reason) => new($"{_path} does not fit: {reason}. {Advice}");

    private static HashSet<string> Reach(IEnumerable<string> start, IReadOnlyDictionary<string, LockedPackage> packages)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<string>(start);
        while (open.TryDequeue(out var name))
            if (reached.Add(name) && packages.TryGetValue(name, out var package))
                foreach (var dependency in package.Dependencies.Keys)
                    open.Enqueue(dependency);
        return reached;
    }

    private static Dictionary<string, T> Entries<T>(IReadOnlyDictionary<string, T>? former) => (former ?? new Dictionary<string, T>()).ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static string[]? RuntimesOf(PackageContents package)
    {
        var folder = Path.Combine(package.Folder, "runtimes");
        var names = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToArray() : [];
        return names.Length > 0 ? names : null;
    }
}
