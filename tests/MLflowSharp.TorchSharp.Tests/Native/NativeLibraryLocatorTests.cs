using MLflowSharp.TorchSharp.Native;

namespace MLflowSharp.TorchSharp.Tests.Native;

public sealed class NativeLibraryLocatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void A_missing_file_is_an_error_that_says_where_it_was_looked_for_and_what_to_do()
    {
        var locator = new NativeLibraryLocator([_folder.FullName, "/nowhere"]);

        var error = Assert.Throws<DllNotFoundException>(() => locator.Find("libtorch_cpu.so"));

        Assert.Contains("libtorch_cpu.so", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{_folder.FullName}, /nowhere", error.Message, StringComparison.Ordinal);
        Assert.Contains("Reference the package libtorch-cpu-linux-x64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_folder_that_has_the_file_wins()
    {
        var second = _folder.CreateSubdirectory("second").FullName;
        var third = _folder.CreateSubdirectory("third").FullName;
        File.WriteAllText(Path.Combine(second, "libc10.so"), "");
        File.WriteAllText(Path.Combine(third, "libc10.so"), "");

        Assert.Equal(Path.Combine(second, "libc10.so"), new NativeLibraryLocator([_folder.FullName, second, third]).Find("libc10.so"));
    }

    [Fact]
    public void A_dependency_manifest_leads_to_the_package_cache()
    {
        var manifest = Path.Combine(_folder.FullName, "App.deps.json");
        File.WriteAllText(
            manifest,
            """{ "libraries": { "App/1.0.0": { "type": "project" }, "libtorch-cpu-linux-x64/2.10.0": { "type": "package", "path": "libtorch-cpu-linux-x64/2.10.0" } } }""");

        var folder = Assert.Single(NativeLibraryLocator.PackageFolders(manifest));

        Assert.EndsWith(Path.Combine("libtorch-cpu-linux-x64", "2.10.0", "runtimes", "linux-x64", "native"), folder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_without_libraries_leads_nowhere()
    {
        var manifest = Path.Combine(_folder.FullName, "App.deps.json");
        File.WriteAllText(manifest, "{}");

        Assert.Empty(NativeLibraryLocator.PackageFolders(manifest));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
