using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Publishing;

public sealed class PublishVerbTests : IDisposable
{
    private readonly Course _course = new();

    public PublishVerbTests()
    {
        // A small build: the publisher looks at names and links, not at what is in the files.
        foreach (var file in (string[])["CSharpKernel/CSharpKernel.dll", "CSharpKernel/CSharpKernel.pdb", "CSharpKernel/runtimes/plan9/native/x.so", "Tutorial.Cli/Tutorial.Cli.dll", "Shapes/Shapes.dll"])
            _course.Write($"artifacts/bin/{file}", file);
        _course.Write("packages/json.dll", "json");
        _course.Write("data/mnist/README.md", "digits");
        _course.WriteNotebook("notebooks/00.ipynb", "#r \"../artifacts/bin/Shapes/Shapes.dll\"");
        foreach (var leftover in (string[])["mlflow.db", "mlflow.db-wal", "mlflow.db.journals/x", "mlruns/1/meta.yaml", ".ipynb_checkpoints/00.ipynb"])
            _course.Write($"notebooks/{leftover}", "left over");
        _course.Context = _course.Context with { Checkout = _course.Checkout with { KernelAssembly = _course.PathOf("artifacts/bin/CSharpKernel/CSharpKernel.dll") } };
    }

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task It_holds_what_taking_the_course_needs_and_nothing_else()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("publish", "shared"));

        Assert.Equal(
            [
                "PUBLISHED.md", "artifacts/bin/CSharpKernel/CSharpKernel.dll", "artifacts/bin/Shapes/Shapes.dll", "artifacts/bin/Tutorial.Cli/Tutorial.Cli.dll", "data/mnist/README.md", "notebooks/00.ipynb",
                "share/jupyter/kernels/.net-csharp/kernel.json", "share/jupyter/kernels/.net-csharp/logo-32x32.png", "share/jupyter/kernels/.net-csharp/logo-64x64.png",
                "share/jupyter/kernels/.net-csharp/logo-svg.svg", "tutorial", "tutorial.cmd",
            ],
            Directory.EnumerateFiles(_course.PathOf("shared"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_course.PathOf("shared"), file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Contains("Published in ", _course.Output, StringComparison.Ordinal);
        Assert.True(Checkout.Find(_course.PathOf("shared/artifacts/bin/Tutorial.Cli")).IsPublished);
    }

    [Fact]
    public async Task What_was_linked_is_there_once_and_its_links_stay_within()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there that few have; files are copied instead.");
        foreach (var program in (string[])["CSharpKernel", "Tutorial.Cli"])
            File.CreateSymbolicLink(_course.PathOf($"artifacts/bin/{program}/json.dll"), _course.PathOf("packages/json.dll"));

        await _course.TypeAsync("publish", "shared");

        Assert.Null(new FileInfo(_course.PathOf("shared/artifacts/bin/CSharpKernel/json.dll")).LinkTarget);
        Assert.Equal("../CSharpKernel/json.dll", new FileInfo(_course.PathOf("shared/artifacts/bin/Tutorial.Cli/json.dll")).LinkTarget);
    }

    [Fact]
    public async Task Everybody_may_read_it_whatever_the_umask_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes there.");
        Modes.Set(_course.PathOf("data/mnist/README.md"), "600");

        await _course.TypeAsync("publish", "shared");

        Assert.Equal("644", Modes.Of(_course.PathOf("shared/data/mnist/README.md")));
        Assert.All(["shared", "shared/data", "shared/tutorial"], file => Assert.Equal("755", Modes.Of(_course.PathOf(file))));
    }

    [Fact]
    public async Task An_earlier_one_is_replaced_and_another_folder_is_not()
    {
        await _course.TypeAsync("publish", "shared");
        _course.Write("shared/old", "");
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("publish", "shared"));
        Assert.False(File.Exists(_course.PathOf("shared/old")));

        _course.Write("mine/thesis.txt", "years of work");
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("publish", "mine"));
        Assert.Contains("something else than a published course", _course.Error, StringComparison.Ordinal);
        Assert.Equal("years of work", _course.Read("mine/thesis.txt"));
        Assert.Empty(Directory.EnumerateDirectories(_course.Root, "*publishing*"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_folder_that_holds_the_checkout_is_refused(string folder)
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("publish", folder));

        Assert.True(File.Exists(_course.PathOf("data/mnist/README.md")));
    }

    [Fact]
    public async Task A_course_that_is_not_built_and_one_that_is_published_are_refused()
    {
        _course.Context = _course.Context with { Checkout = _course.Context.Checkout with { IsPublished = true } };
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("publish", "shared"));
        Assert.Contains("published course already", _course.Error, StringComparison.Ordinal);

        _course.Context = _course.Context with { Checkout = _course.Checkout with { KernelAssembly = _course.PathOf("gone.dll") } };
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("publish", "shared"));
        Assert.Contains("not built", _course.Error, StringComparison.Ordinal);
    }
}
