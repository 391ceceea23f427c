using System.CommandLine;
using CSharpKernel.Hosting;
using JupyterProtocol.Processes;

namespace Tutorial.Cli.Verbs;

/// <summary>The option of <c>check</c> about where kernels run.</summary>
internal sealed class HostOptions
{
    // What is about processes of kernels, or runs several.
    private static readonly string[] NotInProcess = ["--parallel", "--cache", "--coverage", "--sections", "--static"];

    private readonly Option<bool> _inProcess = new("--in-process")
    {
        Description = "Run C# notebooks in this very process, to step from a cell into helpers with a debugger; with --twice, once in a process of their own and once in this, and compare. Not safe: a cell that crashes takes the run along, and static state stays from notebook to notebook.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_inProcess];

    /// <summary>Adds what must hold between them and other options.</summary>
    public void AddRules(Command command) => command.Validators.Add(result =>
    {
        if (result.GetValue(_inProcess) && command.Options.Where(option => NotInProcess.Contains(option.Name)).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
            result.AddError($"--in-process runs one notebook after the other in this process, so it cannot be used with {other.Name}.");
    });

    /// <summary>Where kernels run; null for processes of their own.</summary>
    public IKernelHost? Host(ParseResult parsed) => parsed.GetValue(_inProcess) ? new InProcessKernels() : null;
}
