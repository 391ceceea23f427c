using System.Text.Json.Nodes;
using CSharpKernel.KernelSpecs;

namespace Interop.Kernel;

/// <summary>What the course's command line installs is what Jupyter's finds.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task Jupyter_lists_the_kernel_wherever_it_was_installed_and_no_more_when_it_was_removed()
    {
        using var folder = new TemporaryFolder();
        var program = Path.Combine(PythonEnvironment.CheckoutFolder, "artifacts", "bin", "Tutorial.Cli", "Tutorial.Cli.dll");

        var told = await PythonEnvironment.Require().RunWithJupyterAsync("see_kernelspecs", folder.FullName, KernelSpecInstaller.Create().Argv[0], program);

        JsonObject Seen(string place) => new()
        {
            ["place"] = place,
            ["files"] = new JsonArray("kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"),
            ["name"] = ".NET (C#)",
            ["left"] = null,
        };
        Assert.Equal(Seen("own/kernels/.net-csharp").ToJsonString(), told["user"]!.ToJsonString());
        Assert.Equal(Seen("prefix/share/jupyter/kernels/.net-csharp").ToJsonString(), told["prefix"]!.ToJsonString());
        Assert.Equal(Seen("environment/share/jupyter/kernels/.net-csharp").ToJsonString(), told["sys_prefix"]!.ToJsonString());
    }
}
