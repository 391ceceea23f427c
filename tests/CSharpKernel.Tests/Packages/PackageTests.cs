namespace CSharpKernel.Tests.Packages;

/// <summary>Packages in a cell. The one used is among this checkout's own, so that it is restored already.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Install = "#r \"nuget: DiffPlex, 1.9.0\"";

    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task A_package_is_installed_told_about_and_used()
    {
        var cell = await _notebook.RunWellAsync($"{Install}\nusing DiffPlex;\nnew Differ().CreateLineDiffs(\"a\\nb\", \"a\\nc\", false).DiffBlocks.Count");
        Assert.Equal("1", cell.ResultText);
        Assert.Equal(("display", "Installing packages: DiffPlex, 1.9.0"), (cell.Displays[0].Kind, (string)cell.Displays[0].Data!["text/plain"]!));
        Assert.Equal("Installed packages: DiffPlex, 1.9.0", (string)cell.Displays[^1].Data!["text/plain"]!);
        Assert.All(cell.Displays.Skip(1), shown => Assert.Equal("update", shown.Kind));
        Assert.Single(cell.Displays.Select(shown => shown.Name).Distinct());

        // Asked for again it is there, and nothing is said; another version is refused.
        Assert.Empty((await _notebook.RunWellAsync(Install)).Shown);
        Assert.Empty((await _notebook.RunWellAsync("#r \"nuget:diffplex\"")).Shown);
        var other = await _notebook.RunAsync("#r \"nuget: DiffPlex, 1.7.0\"");
        Assert.Equal("DiffPlex version 1.7.0 cannot be added because version 1.9.0 was added previously. Restart the kernel to use the other version.", other.Error.Value);
    }

    [Fact]
    public async Task A_name_that_no_source_has_is_refused_with_advice_and_the_kernel_goes_on()
    {
        Directory.CreateDirectory(Path.Combine(_notebook.Folder, "empty"));
        _notebook.WriteFile("nuget.config", "<configuration><packageSources><clear/><add key=\"empty\" value=\"empty\"/></packageSources></configuration>");
        var cell = await _notebook.RunAsync("#r \"nuget: No.Such.Package, 1.0.0\"\nConsole.WriteLine(\"not reached\");");
        Assert.Contains("No.Such.Package", cell.Error.Value, StringComparison.Ordinal);
        Assert.Contains("Check the spelling of the name", cell.Error.Value, StringComparison.Ordinal);
        Assert.Equal("Not installed: No.Such.Package", (string)cell.Displays[^1].Data!["text/plain"]!);
        Assert.Equal("", cell.Stdout);
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    [Theory]
    [InlineData("#i \"nuget: none\"\n#r \"nuget: DiffPlex, 1.9.0\"", "The package source of #i does not exist")]
    [InlineData("#r \"none.dll\"", "none.dll")]
    [InlineData("#i \"nuget:\"", "#i names no package source")]
    [InlineData("#r \"nuget:\"", "is no package reference")]
    [InlineData("#r \"nuget: ../../etc\"", "is no package reference")]
    [InlineData("#r \"nuget: One; Two\"", "is no package reference")]
    public async Task What_does_not_exist_is_named(string code, string message) =>
        Assert.Contains(message, (await _notebook.RunAsync(code)).Error.Value, StringComparison.Ordinal);

    [Fact]
    public async Task An_assembly_is_added_by_its_path()
    {
        var assembly = typeof(PublicType).Assembly.Location;
        Assert.Equal("42", (await _notebook.RunWellAsync($"#r \"{assembly}\"\nCSharpKernel.Tests.Packages.PublicType.Answer")).ResultText);
    }
}
