using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class KernelVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--user")]
    public async Task The_kernel_is_installed_for_the_user_and_can_be_removed_again(string option)
    {
        string[] options = option.Length == 0 ? [] : [option];
        var file = _course.PathOf("jupyter/kernels/.net-csharp/kernel.json");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync(["kernel", "install", .. options]));

        Assert.Equal(KernelSpecInstaller.KernelName, new KernelSpecStore(dataDirectories: _course.Context.JupyterDirectories).Find(".NET-CSharp").Name);
        Assert.Contains($"Wrote {file}.", _course.Output, StringComparison.Ordinal);
        Assert.Contains("Next: open", _course.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync(["kernel", "uninstall", .. options]));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_kernel_below_a_prefix_starts_from_anywhere_and_the_output_says_how_Jupyter_finds_it()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "install", "--prefix", "python"));

        var spec = KernelSpec.Load(_course.PathOf("python/share/jupyter/kernels/.net-csharp/kernel.json"));
        Assert.Equal(_course.Checkout.KernelAssembly, spec.Argv[1]);
        Assert.True(Path.IsPathFullyQualified(spec.Argv[1]));
        Assert.Contains($"JUPYTER_PATH names {_course.PathOf("python/share/jupyter")}", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_active_Python_environment_takes_the_kernel()
    {
        _course.Context = _course.Context with { PythonPrefix = _course.PathOf("venv") };

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "install", "--sys-prefix"));

        Assert.True(File.Exists(_course.PathOf("venv/share/jupyter/kernels/.net-csharp/kernel.json")));
    }

    [Fact]
    public async Task Without_an_active_Python_environment_the_way_out_is_told()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("kernel", "install", "--sys-prefix"));

        Assert.Contains("give --prefix DIR", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_what_is_not_there_is_no_fault_but_said()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "uninstall"));

        Assert.Contains("Nothing to remove", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_that_is_not_built_is_not_installed()
    {
        _course.Context = _course.Context with { Checkout = _course.Checkout with { KernelAssembly = _course.PathOf("gone.dll") } };

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("kernel", "install"));

        Assert.Contains("Run `dotnet tutorial.cs build`", _course.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_course.PathOf("jupyter")));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told()
    {
        var file = _course.Write("jupyter", "a file");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("kernel", "install"));

        Assert.Contains($"{file} is a file where a folder is needed", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_kernels_that_work_from_those_of_a_course_that_was_moved()
    {
        _course.InstallKernel(KernelSpecInstaller.KernelName, "dotnet", _course.PathOf("moved/CSharpKernel.dll"), "{connection_file}");
        _course.InstallKernel("other", "python", "-m", "ipykernel", "{connection_file}");
        _course.Write("jupyter/kernels/broken/kernel.json", "{");
        _course.Context.Out.Profile.Width = 1000;

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "list"));

        string Row(string name) => Assert.Single(_course.Output.Split('\n'), line => line.Contains($" {name} ", StringComparison.Ordinal));
        Assert.Contains("which is gone: install that kernel again with `dotnet tutorial.cs kernel install`", Row(KernelSpecInstaller.KernelName), StringComparison.Ordinal);
        Assert.Contains("fine", Row("other"), StringComparison.Ordinal);
        Assert.Contains("cannot be used", Row("broken"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "list"));

        Assert.Contains("`dotnet tutorial.cs kernel install`", _course.Output, StringComparison.Ordinal);
    }
}
