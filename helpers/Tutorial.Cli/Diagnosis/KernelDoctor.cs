using System.Text.Json.Nodes;
using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.Client;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Diagnosis;

/// <summary>Finds why a Jupyter server does not start the course's kernel, from its files to a cell that is really run.</summary>
/// <param name="context">Where to look.</param>
internal sealed class KernelDoctor(CliContext context)
{
    private const string Kernel = KernelSpecInstaller.KernelName;

    private static readonly TimeSpan CellTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Looks at everything; what is wrong becomes a finding, not an exception.</summary>
    /// <param name="cancellationToken">Stops the kernel that is tried.</param>
    public async Task<IReadOnlyList<KernelFinding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var found = Find();
        var spec = new KernelSpecExamination(context).Examine(found);
        return
        [
            Build(),
            RuntimeFolder(),
            .. JupyterPath(),
            spec,
            // A spec that is known not to lead to this kernel would only be tried for the same answer again.
            .. found is not null && spec.IsFine ? [await TryAsync(found, cancellationToken)] : Array.Empty<KernelFinding>(),
        ];
    }

    /// <summary>Writes the kernelspec anew where that repairs a finding, and says what was done.</summary>
    public IEnumerable<string> Repair(IEnumerable<KernelFinding> findings)
    {
        foreach (var folder in findings.Where(finding => !finding.IsFine).Select(finding => finding.RepairIn).OfType<string>().Distinct())
        {
            if (!File.Exists(context.Checkout.KernelAssembly))
                continue;
            string told;
            try
            {
                told = $"Wrote {Path.Combine(Fault.Writing(folder, () => KernelSpecInstaller.InstallInto(folder, context.Checkout.KernelAssembly)), "kernel.json")}.";
            }
            catch (CliException fault)
            {
                told = $"Not repaired: {fault.Message}";
            }

            yield return told;
        }
    }

    /// <summary>The folder of the kernelspec that Jupyter takes: the first that has the name.</summary>
    private string? Find() => context.ListKernels().FirstOrDefault(kernel => kernel.Name.Equals(Kernel, StringComparison.OrdinalIgnoreCase))?.Directory;

    private KernelFinding Build() => File.Exists(context.Checkout.KernelAssembly)
        ? new("Kernel", true, $"built in {Path.GetDirectoryName(context.Checkout.KernelAssembly)}")
        : new("Kernel", false, $"not built: there is no {context.Checkout.KernelAssembly}; run `dotnet tutorial.cs build`, then this again");

    private KernelFinding RuntimeFolder()
    {
        var folder = context.JupyterRuntimeDirectory;
        try
        {
            Fault.Writing(folder, () =>
            {
                Directory.CreateDirectory(folder);
                using var probe = new FileStream(Path.Combine(folder, $".doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                return true;
            });
            return new("Runtime folder", true, $"{folder} can be written");
        }
        catch (CliException fault)
        {
            return new("Runtime folder", false, $"{fault.Message} Jupyter puts each kernel's connection file there; JUPYTER_RUNTIME_DIR names another folder");
        }
    }

    private IEnumerable<KernelFinding> JupyterPath() =>
        from entry in Platform.Current.Split(context.JupyterPathVariable)
        let problem = !Path.IsPathFullyQualified(entry) ? "is relative, so it means another folder for each server; give it in full"
            : Path.GetFileName(Path.TrimEndingDirectorySeparator(entry)).Equals("kernels", StringComparison.OrdinalIgnoreCase) ? "should name the folder above: Jupyter adds kernels itself"
            : null
        where problem is not null
        select new KernelFinding("JUPYTER_PATH", false, $"its entry {entry} {problem}");

    private static async Task<KernelFinding> TryAsync(string folder, CancellationToken cancellationToken)
    {
        const string name = "Trial";
        try
        {
            var spec = KernelSpec.Load(Path.Combine(folder, "kernel.json"));
            await using var kernel = await KernelProcess.StartAsync(new InstalledKernelSpec(Path.GetFileName(folder), folder, spec), null, cancellationToken);
            JsonNode? result = null;
            var reply = await kernel.WithExitAsync(kernel.Client.ExecuteAsync(
                "1+1",
                message => result = message.MessageType == "execute_result" ? message.Content["data"]?["text/plain"] : result,
                new ExecuteOptions(),
                cancellationToken: cancellationToken)).WaitAsync(CellTimeout, cancellationToken);
            return result?.ToString() == "2"
                ? new(name, true, "started the kernel from its kernelspec, as Jupyter does; 1+1 gave 2")
                : new(name, false, $"the kernel started, but 1+1 gave {result?.ToString() ?? reply.Content.ToJsonString()}; another kernel stands behind {folder}");
        }
        catch (Exception fault) when (fault is JupyterProtocolException or TimeoutException)
        {
            return new(name, false, $"the kernel could not run 1+1: {fault.Message}");
        }
    }
}
