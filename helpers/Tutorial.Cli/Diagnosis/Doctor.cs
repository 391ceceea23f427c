using System.Diagnostics;
using System.Globalization;
using CSharpKernel.KernelSpecs;
using MLflowSharp;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;
using Tutorial.Helpers;

namespace Tutorial.Cli.Diagnosis;

/// <summary>Looks at what the course needs on this machine. It never throws, and leaves nothing behind but the private kernelspec: what is wrong becomes a line.</summary>
/// <param name="context">Where to look.</param>
internal sealed class Doctor(CliContext context)
{
    // A build with restored packages takes about 3 GB, a run a few megabytes.
    private const double LeastFreeGigabytes = 1;

    // Parts of the lessons' own check that do not depend on a notebook.
    private static readonly string[] Shared = ["MNIST", "TorchSharp", "Pictures"];

    /// <summary>Looks at everything.</summary>
    public IReadOnlyList<EnvironmentItem> Examine() =>
    [
        Sdk(),
        .. EnvironmentCheck.Run().Items.Where(item => Shared.Contains(item.Name)),
        Writable("Artifacts", context.Checkout.Artifacts),
        Writable("Notebooks", context.Checkout.Notebooks),
        Disk(),
        Journals(),
        Kernel(),
        Jupyter(),
    ];

    private EnvironmentItem Sdk()
    {
        // In the checkout, so that global.json has its say.
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["--version"])
        {
            WorkingDirectory = context.Checkout.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0
                ? new("SDK", true, $".NET SDK {version}")
                : new("SDK", false, $"`dotnet --version` fails here: {error.Result.Trim().Split('\n')[0]} Install the .NET 10 SDK as environment/laptop/README.md says.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return new("SDK", false, $"'{start.FileName}' cannot be started: {exception.Message}. Install the .NET 10 SDK as environment/laptop/README.md says, then open a new terminal.");
        }
    }

    private static EnvironmentItem Writable(string name, string folder)
    {
        try
        {
            Fault.Writing(folder, () =>
            {
                Directory.CreateDirectory(folder);
                using var probe = new FileStream(Path.Combine(folder, $".doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                probe.WriteByte(0);
                return true;
            });
            return new(name, true, $"{folder} can be written");
        }
        catch (CliException fault)
        {
            return new(name, false, fault.Message);
        }
    }

    private EnvironmentItem Disk()
    {
        try
        {
            var free = new DriveInfo(context.Checkout.Root).AvailableFreeSpace / 1e9;
            return free >= LeastFreeGigabytes
                ? new("Disk", true, FormattableString.Invariant($"{free:0.0} GB free"))
                : new("Disk", false, FormattableString.Invariant($"only {free:0.0} GB free on the disk of {context.Checkout.Root}: free at least {LeastFreeGigabytes:0} GB before building or training"));
        }
        catch (Exception exception) when (Fault.IsOfFiles(exception) || exception is ArgumentException)
        {
            return new("Disk", false, $"the free space of {context.Checkout.Root} cannot be told: {exception.Message} Check that its disk is there.");
        }
    }

    /// <summary>What programs that ended have logged and not written to their stores. The next client writes it; only what it cannot decide is a fault.</summary>
    private EnvironmentItem Journals()
    {
        var runs = Path.Combine(context.Checkout.Artifacts, "runs");
        string[] folders = [context.Checkout.Notebooks, .. Directory.Exists(runs) ? Directory.GetDirectories(runs) : []];
        List<JournalInfo> journals =
        [
            .. MlflowJournals.Find().Concat(folders.SelectMany(folder => MlflowJournals.Find($"sqlite:///{Path.Combine(folder, "mlflow.db")}")))
                .DistinctBy(journal => journal.Path).Where(journal => journal.State != JournalState.InUse),
        ];
        if (journals.Count == 0)
            return new("Journals", true, "nothing that was logged waits to be written to its store");
        var lines = journals.Select(journal => string.Create(
            CultureInfo.InvariantCulture,
            $"{journal.Path}: {journal.Records} records of {string.Join(", ", journal.RunIds.DefaultIfEmpty("no run"))} for {journal.Store}, "
            + $"written by process {journal.ProcessId} on '{journal.Host}', last {journal.LastWritten:yyyy-MM-dd HH:mm} UTC"
            + $"{(journal.RejectedFile is { } rejected ? $"; refused by the store: {rejected}" : "")}"));
        return new(
            "Journals", journals.TrueForAll(journal => journal.State == JournalState.Left && journal.RejectedFile is null),
            $"{string.Join("; ", lines)}. The next program that opens the store writes what its process left; in a notebook, MlflowJournals.Replay(journal) does it now "
            + "and MlflowJournals.Discard(journal) drops it, for each journal of MlflowJournals.Find(\"sqlite:///…\")");
    }

    private EnvironmentItem Kernel()
    {
        try
        {
            return new("Kernel", true, $"built; known to this command line in {PrivateKernel.Prepare(context.Checkout)}");
        }
        catch (CliException fault)
        {
            return new("Kernel", false, fault.Message);
        }
    }

    /// <summary>Not installed is no fault: the headless run needs no Jupyter.</summary>
    private EnvironmentItem Jupyter() =>
        context.ListKernels().FirstOrDefault(kernel => kernel.Name.Equals(KernelSpecInstaller.KernelName, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => new("Jupyter", true, "the kernel is not installed for Jupyter, which only matters there; `dotnet tutorial.cs kernel install` does it"),
            { Problem: { } problem } kernel => new("Jupyter", false, $"{kernel.Directory} {problem}"),
            { Directory: var folder } => new("Jupyter", true, $"the kernel is installed in {folder}"),
        };
}
