using CSharpKernel.Packages.Locking;

namespace CSharpKernel.Tests.Packages;

/// <summary>The lock of a folder: the same packages on every machine and every day.</summary>
public sealed class PackageLockTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly PackageSource _source;

    public PackageLockTests()
    {
        _source = new PackageSource(_notebook.Folder);
        _source.Add("Leaf", "1.0.0");
        _source.Add("Tree", "1.0.0", "Leaf 1.0.0");
    }

    private string LockPath => Path.Combine(_notebook.Folder, LockFile.Name);

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task It_is_written_on_demand_and_names_no_system_and_no_folder()
    {
        var first = await _notebook.RunWellAsync("#!lock");
        Assert.Contains("will be written", (string)first.Displays[^1].Data!["text/plain"]!, StringComparison.Ordinal);
        await _notebook.RunWellAsync("#r \"nuget: Tree, 1.*\"");
        var text = await File.ReadAllTextAsync(LockPath, TestContext.Current.CancellationToken);
        var content = LockFile.Read(_notebook.Folder)!.Content;
        Assert.Equal("1.*", content.Requested["Tree"]);
        Assert.Equal(["Leaf", "Tree"], content.Packages.Keys);
        Assert.Equal("1.0.0", content.Packages["Leaf"].Version);
        Assert.Equal(64, Convert.FromBase64String(content.Packages["Leaf"].Sha512).Length);
        Assert.DoesNotContain(_notebook.Folder, text, StringComparison.Ordinal);
        Assert.DoesNotContain("x64", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_day_and_another_machine_get_the_versions_that_it_names()
    {
        await _notebook.RunWellAsync("#r \"nuget: Tree\"\n#!lock\n");
        _source.Add("Tree", "2.0.0", "Leaf 1.0.0");
        _source.Add("Leaf", "1.1.0");
        Directory.Delete(_source.Unpacked, recursive: true);

        using var other = Copy();
        Assert.Equal("1.0.0 1.0.0", (await other.RunWellAsync("#r \"nuget: Tree\"\n$\"{Tree.Version} {Leaf.Version}\"")).ResultText);
    }

    [Fact]
    public async Task With_the_packages_unpacked_no_source_is_needed()
    {
        await _notebook.RunWellAsync("#!lock\n#r \"nuget: Tree\"");
        Directory.Delete(_source.Folder, recursive: true);
        using var other = Copy();
        Assert.Equal("1.0.0", (await other.RunWellAsync("#r \"nuget: Tree\"\nLeaf.Version")).ResultText);
    }

    [Theory]
    [InlineData("Other", "it has no Other, which the notebook asks for with #r \"nuget: Other\"")]
    [InlineData("Tree, 2.0.0", "it has Tree 1.0.0, and the notebook asks for 2.0.0")]
    [InlineData("Leaf, [2.0,3.0)", "it has Leaf 1.0.0, and the notebook asks for [2.0,3.0)")]
    public async Task What_it_does_not_hold_is_named_with_the_way_to_update(string wanted, string difference)
    {
        await _notebook.RunWellAsync("#!lock\n#r \"nuget: Tree\"");
        _source.Add("Other", "1.0.0");
        _source.Add("Tree", "2.0.0", "Leaf 1.0.0");
        using var other = Copy();
        var cell = await other.RunAsync($"#r \"nuget: {wanted}\"");
        Assert.Contains(difference, cell.Error.Value, StringComparison.Ordinal);
        Assert.Contains("#!lock --update", cell.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_chooses_anew_and_keeps_what_other_notebooks_of_the_folder_need()
    {
        await _notebook.RunWellAsync("#!lock\n#r \"nuget: Leaf\"\n#r \"nuget: Tree\"");
        _source.Add("Tree", "2.0.0", "Leaf 1.0.0");
        _source.Add("Other", "1.0.0");
        using var other = Copy();
        await other.RunWellAsync("#!lock --update\n#r \"nuget: Other\"");
        var packages = LockFile.Read(other.Folder)!.Content.Packages;
        Assert.Equal(["Leaf 1.0.0", "Other 1.0.0", "Tree 1.0.0"], packages.Select(package => $"{package.Key} {package.Value.Version}"));

        await other.RunWellAsync("#r \"nuget: Tree\"");
        await other.RunWellAsync("#!lock --update");
        Assert.Equal("2.0.0", LockFile.Read(other.Folder)!.Content.Packages["Tree"].Version);
    }

    [Fact]
    public async Task A_package_of_another_content_is_refused()
    {
        await _notebook.RunWellAsync("#!lock\n#r \"nuget: Tree\"");
        _source.AddFiles("Leaf", "1.0.0", "", ("lib/net8.0/Leaf.dll", PackageSource.Compile("Leaf", "1.0.0", "public static int More;")));
        Directory.Delete(_source.Unpacked, recursive: true);
        using var other = Copy();
        var cell = await other.RunAsync("#r \"nuget: Tree\"\nTree.Version");
        Assert.Contains("Leaf 1.0.0 in ", cell.Error.Value, StringComparison.Ordinal);
        Assert.Contains("is not the package that", cell.Error.Value, StringComparison.Ordinal);
        Assert.NotNull((await other.RunAsync("Tree.Version")).Outcome.Error);
    }

    [Theory]
    [InlineData("\"version\": 1,", "\"version\": 1", "line 3, is damaged")]
    [InlineData("\"version\": 1,", "\"version\": 7,", "line 2, has the form 7")]
    [InlineData("\"version\": \"1.0.0\",", "\"version\": \"one\",", "line 8: \"one\" is no version of Leaf")]
    [InlineData("\"version\": \"1.0.0\",", "", "is damaged: JSON deserialization for type")]
    [InlineData("\"sha512\": \"", "\"sha512\": \"AAAA", "line 8: the hash of Leaf is no SHA-512")]
    [InlineData("{", "[", "line 1, is damaged")]
    public async Task Damage_is_named_by_file_and_line(string text, string damaged, string message)
    {
        await _notebook.RunWellAsync("#!lock\n#r \"nuget: Tree\"");
        var written = await File.ReadAllTextAsync(LockPath, TestContext.Current.CancellationToken);
        var index = written.IndexOf(text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(LockPath, written[..index] + damaged + written[(index + text.Length)..], TestContext.Current.CancellationToken);
        using var other = Copy();
        var error = (await other.RunAsync("#r \"nuget: Tree\"")).Error.Value;
        Assert.Contains(LockFile.Name, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains("#!lock --update", error, StringComparison.Ordinal);

        await other.RunWellAsync("#!lock --update\n#r \"nuget: Tree\"");
        Assert.Equal(2, LockFile.Read(other.Folder)!.Count);
    }

    [Fact]
    public async Task A_wrong_argument_is_refused() =>
        Assert.Equal("Unknown parameter '--now' of #!lock. Usage: #!lock [--update]", (await _notebook.RunAsync("#!lock --now")).Error.Value);

    // A notebook in another folder, with the same source and lock: another machine.
    private Notebook Copy()
    {
        var other = new Notebook();
        foreach (var file in Directory.EnumerateFiles(_notebook.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}cache{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var target = Path.Combine(other.Folder, Path.GetRelativePath(_notebook.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Directory.CreateDirectory(Path.Combine(other.Folder, "source"));
        return other;
    }
}
