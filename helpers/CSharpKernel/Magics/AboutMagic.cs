using JupyterProtocol;

namespace CSharpKernel.Magics;

/// <summary><c>#!about</c>: what runs the notebook.</summary>
internal sealed class AboutMagic : Magic
{
    public override IReadOnlyList<string> Names => ["about"];

    public override string Description => "Shows the versions of the kernel and of .NET";

    public override Task RunAsync(MagicCall call)
    {
        call.Cell.Display(call.Engine.Formatter.Format(new Dictionary<string, string>
        {
            ["Kernel"] = $"CSharpKernel {KernelVersion.Current}",
            ["Language"] = $"C# {KernelVersion.Language}",
            ["Runtime"] = Platform.Description.Runtime,
            ["System"] = Platform.Description.System,
            ["Licence"] = "Apache-2.0",
        }));
        return Task.CompletedTask;
    }
}
