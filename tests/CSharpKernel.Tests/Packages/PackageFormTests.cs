using System.Text;

namespace CSharpKernel.Tests.Packages;

/// <summary>The ways to ask for a package, and what packages are made of.</summary>
public sealed class PackageFormTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly PackageSource _source;

    public PackageFormTests()
    {
        _source = new PackageSource(_notebook.Folder);
        _source.Add("Form", "1.0.0");
        _source.Add("Form", "1.1.0");
        _source.Add("Form", "2.0.0");
        _source.Add("Form", "3.0.0-beta.1");
    }

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("#r \"nuget: Form\"", "2.0.0")]
    [InlineData("#r \"nuget:Form,1.0.0\"", "1.0.0")]
    [InlineData("#r \"NuGet: form, Version=1.1.0\"", "1.1.0")]
    [InlineData("#r \"nuget: Form, *-*\"", "3.0.0-beta.1")]
    [InlineData("#r \"nuget: Form, 1.*\"", "1.1.0")]
    [InlineData("#r \"nuget: Form, [1.0,2.0)\"", "1.0.0")]
    [InlineData("#r nuget: Form, 1.1.0", "1.1.0")]
    [InlineData("#r nuget: Form, 1.1.0 // the one of last year", "1.1.0")]
    [InlineData("  #r \"nuget: Form, 1.0.0\" // why", "1.0.0")]
    [InlineData("#r \"nuget: Form, 1.0.0\"\n#r \"nuget: FORM, 1.0\"\r\n#r \"nuget: Form, 1.0.0\"", "1.0.0")]
    [InlineData("var before = 1;\n#r \"nuget: Form, 1.1.0\"", "1.1.0")]
    [InlineData("#if NEVER\n#r \"nuget: Nope\"\n#endif\n/*\n#r \"nuget: Nope\"\n*/\nvar text = @\"\n#r \"\"nuget: Nope\"\"\n\";\n#r \"nuget: Form, 1.1.0\"", "1.1.0")]
    public async Task It_is_understood(string line, string version) =>
        Assert.Equal(version, (await _notebook.RunWellAsync($"{line}\nForm.Version")).ResultText);

    [Fact]
    public async Task The_same_package_twice_and_differently_in_a_cell_is_refused() =>
        Assert.Equal("The cell asks for Form more than once, and differently: 1.0.0; 2.0.0. Keep one of the lines.", (await _notebook.RunAsync("#r \"nuget: Form, 1.0.0\"\n#r \"nuget: Form, 2.0.0\"")).Error.Value);

    [Fact]
    public async Task A_version_that_is_gone_is_replaced_by_the_next_with_a_remark()
    {
        var cell = await _notebook.RunWellAsync("#r \"nuget: Form, 1.0.5\"\nForm.Version");
        Assert.Equal("1.1.0", cell.ResultText);
        Assert.Contains("Form 1.0.5 does not exist; 1.1.0 is the next one that does.", (string)cell.Displays[^1].Data!["text/plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loaded_and_an_imported_file_may_ask_for_packages()
    {
        _notebook.WriteFile("inner.csx", "#r \"nuget: Form, 1.1.0\"\npublic static class Inner { public static string Of() => Form.Version; }");
        _notebook.WriteFile("outer.csx", "#load \"inner.csx\"\nvar loaded = Inner.Of();");
        Assert.Equal("1.1.0", (await _notebook.RunWellAsync("#load \"outer.csx\"\nloaded")).ResultText);

        _source.Add("Other", "1.0.0");
        _notebook.WriteFile("import.csx", "#r \"nuget: Other\"\nvar imported = Other.Version;");
        Assert.Equal("1.0.0", (await _notebook.RunWellAsync("#!import import.csx\nimported")).ResultText);
    }

    [Theory]
    [InlineData("#i \"nuget: more\"")]
    [InlineData("#i \"more\"")]
    [InlineData("#i nuget:more")]
    public async Task A_folder_is_added_as_a_source(string line)
    {
        Directory.Move(_source.Folder, Path.Combine(_notebook.Folder, "more"));
        Directory.CreateDirectory(_source.Folder);
        Assert.Equal("2.0.0", (await _notebook.RunWellAsync($"{line}\n#r \"nuget: Form\"\nForm.Version")).ResultText);
    }

    [Fact]
    public async Task The_old_kernels_packages_are_answered_by_this_one_and_their_assemblies_kept_out()
    {
        _source.AddFiles("Chart", "1.0.0", "<dependencies><dependency id=\"Microsoft.DotNet.Interactive\" version=\"1.0.0\" /></dependencies>",
            ("lib/net8.0/Chart.dll", PackageSource.Compile("Chart", "1.0.0")),
            ("lib/net8.0/Microsoft.DotNet.Interactive.Formatting.dll", PackageSource.Compile("Microsoft.DotNet.Interactive.Formatting", "1.0.0")),
            ("interactive-extensions/dotnet/Chart.Interactive.dll", PackageSource.Compile("Chart.Interactive", "1.0.0")));
        var cell = await _notebook.RunWellAsync("#r \"nuget: Chart\"\n#r \"nuget: Microsoft.DotNet.Interactive, *-*\"\nChart.Version");
        Assert.Equal("1.0.0", cell.ResultText);
        Assert.Contains("Microsoft.DotNet.Interactive (its part is played by this kernel)", (string)cell.Displays[^1].Data!["text/plain"]!, StringComparison.Ordinal);
        Assert.NotNull((await _notebook.RunAsync("Microsoft_DotNet_Interactive_Formatting.Version")).Outcome.Error);
    }

    [Fact]
    public async Task Packages_of_the_framework_are_neither_fetched_nor_doubled()
    {
        _source.Add("Text", "1.0.0", "System.Text.Json 9.0.0", "NETStandard.Library 2.0.3");
        Assert.Equal("True", (await _notebook.RunWellAsync("#r \"nuget: Text\"\nvar v = Text.Version; typeof(System.Text.Json.JsonSerializer).Assembly.Location.Contains(\"Microsoft.NETCore.App\")")).ResultText);
    }

    [Fact]
    public async Task A_shared_framework_that_a_package_needs_is_added()
    {
        _source.AddFiles("Web", "1.0.0", "<frameworkReferences><group targetFramework=\"net8.0\"><frameworkReference name=\"Microsoft.AspNetCore.App\" /></group></frameworkReferences>",
            ("lib/net8.0/Web.dll", PackageSource.Compile("Web", "1.0.0")));
        Assert.Equal("Hello", (await _notebook.RunWellAsync("#r \"nuget: Web\"\nnew Microsoft.AspNetCore.Http.HeaderDictionary { [\"a\"] = \"Hello\" }[\"a\"].ToString()")).ResultText);

        _source.AddFiles("Strange", "1.0.0", "<frameworkReferences><group targetFramework=\"net8.0\"><frameworkReference name=\"No.Such.App\" /></group></frameworkReferences>",
            ("lib/net8.0/Strange.dll", PackageSource.Compile("Strange", "1.0.0")));
        Assert.StartsWith("Strange needs the shared framework No.Such.App", (await _notebook.RunAsync("#r \"nuget: Strange\"")).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_for_another_system_or_for_a_build_does_no_harm()
    {
        _source.AddFiles("Build", "1.0.0", "", ("build/Build.props", "<Project />"u8.ToArray()), ("analyzers/dotnet/cs/Build.dll", PackageSource.Compile("Build", "1.0.0")));
        _source.AddFiles("Special", "1.0.0", "",
            ("ref/net8.0/Special.dll", PackageSource.Compile("Special", "1.0.0")),
            ("runtimes/unix/lib/net8.0/Special.dll", PackageSource.Compile("Special", "1.0.0")),
            ("runtimes/win/lib/net8.0/Special.dll", PackageSource.Compile("Special", "1.0.0")));
        Assert.Contains(OperatingSystem.IsWindows() ? "win" : "unix",
            (await _notebook.RunWellAsync("#r \"nuget: Build\"\n#r \"nuget: Special\"\ntypeof(Special).Assembly.Location")).ResultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_for_a_newer_framework_names_it_and_the_newest_of_all_falls_back()
    {
        var future = $"net{Environment.Version.Major + 1}.0";
        _source.AddFiles("Newer", "2.0.0", "", ($"lib/{future}/Newer.dll", PackageSource.Compile("Newer", "2.0.0")));
        _source.Add("Newer", "1.0.0");
        var refused = await _notebook.RunAsync("#r \"nuget: Newer, 2.0.0\"");
        Assert.StartsWith($"Newer 2.0.0 has no assemblies for net{Environment.Version.Major}.0, only for {future}.", refused.Error.Value, StringComparison.Ordinal);
        Assert.Equal("1.0.0", (await _notebook.RunWellAsync("#r \"nuget: Newer\"\nNewer.Version")).ResultText);
    }

    [Theory]
    [InlineData("lib/net8.0/_._")]
    [InlineData("lib/net8.0/_._/empty.txt")]
    public async Task A_package_of_nothing_but_dependencies_is_no_fault(string mark)
    {
        _source.Add("Inner", "1.0.0");
        _source.AddFiles("Outer", "1.0.0", "<dependencies><dependency id=\"Inner\" version=\"1.0.0\" /></dependencies>", (mark, []));
        Assert.Equal("1.0.0", (await _notebook.RunWellAsync("#r \"nuget: Outer\"\nInner.Version")).ResultText);
    }

    [Fact]
    public async Task A_satellite_assembly_is_found_by_its_language()
    {
        _source.AddFiles("Words", "1.0.0", "", ("lib/net8.0/Words.dll", PackageSource.Compile("Words", "1.0.0")), ("lib/net8.0/de/Words.resources.dll", Encoding.UTF8.GetBytes("no assembly")));
        await _notebook.RunWellAsync("#r \"nuget: Words\"");
        Assert.EndsWith(Path.Combine("de", "Words.resources.dll"), _notebook.Engine.Session.References.LoadContext.FindSatellite("Words.resources", "de"), StringComparison.Ordinal);
    }
}
