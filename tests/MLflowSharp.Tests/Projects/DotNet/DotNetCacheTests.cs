using System.Diagnostics;
using MLflowSharp.Projects;

namespace MLflowSharp.Tests.Projects.DotNet;

public sealed class DotNetCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_built_is_found_by_its_sources_wherever_they_are()
    {
        var here = Write("here", "return 0;");
        await BuildAsync(here);
        await BuildAsync(here);
        Assert.Single(_told);

        // The same sources elsewhere, others at the same place, and one line in a file above, which the compiler would read.
        await BuildAsync(Write("moved/with ä", "return 0;"));
        Assert.Single(_told);
        await BuildAsync(Write("here", "return 1;"));
        Assert.Equal(2, _told.Count);
        File.WriteAllText(Path.Combine(_folder.FullName, "moved", "Directory.Build.props"), "<Project/>");
        await BuildAsync(Path.Combine(_folder.FullName, "moved/with ä"));
        Assert.Equal(3, _told.Count);
    }

    [Fact]
    public async Task A_built_program_needs_nothing_of_the_folder_that_it_was_built_in()
    {
        // As in the course's folder, what is built of a library is linked from there.
        var folder = Write("here", "return Library.Number.Seven;", "#:project library");
        File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Build.props"), "<Project><PropertyGroup><CreateSymbolicLinksForCopyLocalIfPossible>true</CreateSymbolicLinksForCopyLocalIfPossible></PropertyGroup></Project>");
        Directory.CreateDirectory(Path.Combine(folder, "library"));
        File.WriteAllText(Path.Combine(folder, "library", "library.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(folder, "library", "Number.cs"), "namespace Library; public static class Number { public static int Seven => 7; }");
        await BuildAsync(folder);

        Directory.Delete(folder, recursive: true);

        using var process = Process.Start("dotnet", [Assert.Single(Directory.GetFiles(Cache, "program.dll", SearchOption.AllDirectories))]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(7, process.ExitCode);
    }

    [Fact]
    public async Task A_project_without_a_program_and_one_that_does_not_compile_are_refused()
    {
        var folder = Write("project", "return x;");
        Assert.Contains("error CS0103", (await Assert.ThrowsAsync<MlflowException>(() => BuildAsync(folder))).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "MLproject"), "name: none\nentry_points: {main: {command: echo}}");
        Assert.Contains("names no .NET program", (await Assert.ThrowsAsync<MlflowException>(() => BuildAsync(folder))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Cache));
    }

    private string Cache => Path.Combine(_folder.FullName, "cache");

    private string Write(string name, string program, string directive = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "MLproject"), "name: program\ndotnet_env: program.cs\nentry_points: {main: {command: dotnet run --file program.cs}}");
        File.WriteAllText(Path.Combine(folder, "program.cs"), $"#:property PublishAot=false\n{directive}\n{program}\n");
        return folder;
    }

    private Task BuildAsync(string folder) =>
        MlflowProjects.BuildAsync(folder, new ProjectRunOptions { CacheDirectory = Cache, Tell = _told.Add }, TestContext.Current.CancellationToken);
}
