using System.Globalization;
using CSharpKernel.KernelSpecs;
using MLflowSharp;
using Tutorial.Cli.Diagnosis.Places;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;
using Tutorial.Helpers;

namespace Tutorial.Cli.Diagnosis;

/// <summary>Looks at what the course needs on this machine. It never throws, and leaves nothing behind but the private kernelspec and the folders that are written anyway: what is wrong becomes a line.</summary>
/// <param name="context">Where to look.</param>
internal sealed class Doctor(CliContext context)
{
    // Parts of the lessons' own check that do not depend on a notebook.
    private static readonly string[] Shared = ["MNIST", "TorchSharp", "Pictures"];

    /// <summary>Looks at everything.</summary>
    public IReadOnlyList<EnvironmentItem> Examine()
    {
        var system = new SystemChecks(context.Place, context.Checkout);
        var folders = new FolderChecks(context.Place, context.Checkout.IsPublished);
        var network = new NetworkChecks(context.Place);
        return
        [
            system.Sdk(),
            system.Processor(),
            system.Memory(),
            system.Culture(),
            system.Clock(context.Checkout.Artifacts),
            system.Modules(),
            .. EnvironmentCheck.Run().Items.Where(item => Shared.Contains(item.Name)),
            folders.Home(),
            folders.Packages(),
            folders.Writable("Artifacts", context.Checkout.Artifacts),
            folders.Writable("Notebooks", Notebooks),
            folders.Disk(Disks(folders)),
            folders.Quota(Notebooks),
            Locks(folders),
            Journals(),
            network.Ports(),
            network.Proxies(),
            Kernel(),
            Jupyter(),
        ];
    }

    /// <summary>Where notebooks are changed and their stores are made: not in a course that is shared.</summary>
    private string Notebooks => context.Checkout.IsPublished ? context.WorkingDirectory : context.Checkout.Notebooks;

    private List<(string Name, string Folder)> Disks(FolderChecks folders)
    {
        List<(string Name, string Folder)> disks = [("the course", context.Checkout.Artifacts)];
        // What is already built needs no room for packages, and none at home.
        if (context.Checkout.IsPublished)
            return disks;
        if (context.Place.Platform.Home is { Length: > 0 } home && context.Place.Exists(home))
            disks.Add(("home", home));
        if (folders.PackagesFolder is { } packages)
            disks.Add(("packages", packages));
        return disks;
    }

    /// <summary>In the folder of the database that a notebook would write to.</summary>
    private EnvironmentItem Locks(FolderChecks folders)
    {
        const string scheme = "sqlite:///";
        var wanted = context.Place.Platform.Variable("MLFLOW_TRACKING_URI");
        if (wanted is not null && !wanted.StartsWith(scheme, StringComparison.Ordinal))
            return new("Locks", true, "not needed: MLFLOW_TRACKING_URI names no SQLite file");
        return folders.Locks(wanted is null ? Notebooks : Path.GetDirectoryName(Path.GetFullPath(wanted[scheme.Length..], Notebooks))!);
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
