using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Tutorial.Cli.Running;
using Tutorial.Helpers;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>The SDK, and what this process was given of the machine.</summary>
/// <param name="place">The machine.</param>
/// <param name="checkout">The course.</param>
internal sealed class SystemChecks(IPlace place, Checkout checkout)
{
    // A lesson's kernel takes up to a gigabyte, a build up to two.
    private const double LeastGigabytes = 2;

    // Before this program was written.
    private static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(30);

    // What another PyTorch brings, and the loader would take for TorchSharp's own.
    private static readonly string[] ForeignLibraries = ["libtorch_cpu.so", "libc10.so", "libtorch.so"];

    /// <summary>Asks in the checkout, so that global.json has its say.</summary>
    public EnvironmentItem Sdk()
    {
        const string name = "SDK", install = "Install the .NET 10 SDK as environment/laptop/README.md says";
        var program = place.Platform.Variable("DOTNET_HOST_PATH") ?? "dotnet";
        try
        {
            var (code, output) = place.Run(checkout.Root, program, "--version");
            var said = output.Trim().Split('\n')[0].Trim();
            return code == 0 ? new(name, true, $".NET SDK {said}")
                : checkout.IsPublished ? new(name, true, $"none, and none is needed here; the runtime is .NET {Environment.Version}")
                : new(name, false, $"`dotnet --version` fails here: {said} {install}.");
        }
        catch (Win32Exception exception)
        {
            return checkout.IsPublished
                ? new(name, true, $"none, and none is needed here; the runtime is .NET {Environment.Version}")
                : new(name, false, $"'{program}' cannot be started: {exception.Message}. {install}, then open a new terminal.");
        }
    }

    /// <summary>Its kind, and how many.</summary>
    public EnvironmentItem Processor()
    {
        const string name = "Processor";
        var count = string.Create(CultureInfo.InvariantCulture, $"{place.Machine}, {place.Processors} for this process");
        if (place.Machine != Architecture.X64 && place.Platform is { IsMacOS: false, IsWindows: false })
            return new(name, false, $"{count}: PyTorch's libraries for .NET exist for Linux on x86-64 only. Choose a node with such processors (on Roihu a CPU partition, not a GPU one).");
        return place.Platform.Variable("SLURM_CPUS_PER_TASK") is { } reserved && int.TryParse(reserved, CultureInfo.InvariantCulture, out var cpus) && cpus < place.Processors
            ? new(name, false, $"{count}, but Slurm reserved {cpus}: threads would wait for each other. Do: export DOTNET_PROCESSOR_COUNT={cpus} OMP_NUM_THREADS={cpus}")
            : new(name, true, count);
    }

    /// <summary>How much this process may take.</summary>
    public EnvironmentItem Memory()
    {
        var gigabytes = Math.Min(place.Memory, SlurmMemory() ?? long.MaxValue) / 1e9;
        var seen = string.Create(CultureInfo.InvariantCulture, $"{gigabytes:0.0} GB for this process");
        return gigabytes >= LeastGigabytes
            ? new("Memory", true, seen)
            : new("Memory", false, string.Create(CultureInfo.InvariantCulture, $"{seen}, and a lesson or a build may need {LeastGigabytes:0}: reserve 4 GB (Slurm: --mem=4G; a web form: its field for memory; a container: --memory 4g)"));
    }

    /// <summary>Whether .NET programs start: without ICU they do not, unless they are told.</summary>
    public EnvironmentItem Culture()
    {
        const string name = "Culture", variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";
        var isInvariant = place.Platform.Variable(variable) is "1" or "true" or "True";
        return place.HasIcu ? new(name, true, isInvariant ? "the invariant one only, as the environment says" : "ICU is there")
            : isInvariant ? new(name, true, "no ICU: the invariant one only, as the environment says")
            : new(name, false, $"there is no ICU (libicu) here, without which the kernel and the SDK do not start. Do: export {variable}=1");
    }

    /// <summary>Whether this machine, its disk and the course's files agree on what time it is.</summary>
    public EnvironmentItem Clock(string folder)
    {
        const string name = "Clock", set = "Have the clock set (timedatectl, or whoever runs this machine): builds, sorting of runs and S3 go by it.";
        var now = place.Now;
        var seen = now.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        if (now < Earliest)
            return new(name, false, $"it is {seen} here, which cannot be. {set}");
        if (place.NewestIn(checkout.Root) is var (file, changed) && changed > now + Apart)
            return new(name, false, string.Create(CultureInfo.InvariantCulture, $"{file} was changed in the future ({changed:yyyy-MM-dd HH:mm} UTC), and it is {seen}. {set} If the clock is right: touch \"{file}\""));
        try
        {
            var apart = place.Write(folder) - now;
            return apart.Duration() < Apart
                ? new(name, true, $"{seen}; the disk agrees")
                : new(name, false, string.Create(CultureInfo.InvariantCulture, $"the disk of {folder} is {apart.TotalSeconds:0} s ahead of this machine, where it is {seen}. {set}"));
        }
        catch (Exception fault) when (Faults.Fault.IsOfFiles(fault))
        {
            // That it cannot be written is another line's finding.
            return new(name, true, seen);
        }
    }

    /// <summary>The modules of Lmod or Environment Modules (https://lmod.readthedocs.io, LOADEDMODULES), and whether one hides the course's libraries.</summary>
    public EnvironmentItem Modules()
    {
        const string name = "Modules";
        var loaded = place.Platform.Split(place.Platform.Variable("LOADEDMODULES"));
        var seen = loaded.Length > 0 ? string.Join(", ", loaded)
            : place.Platform.Variable("LMOD_CMD") is not null || place.Platform.Variable("MODULESHOME") is not null ? "none is loaded" : "no module system here";
        var foreign = place.Platform.Split(place.Platform.Variable("LD_LIBRARY_PATH"))
            .SelectMany(folder => ForeignLibraries.Select(library => place.Platform.Combine(folder, library))).FirstOrDefault(place.Exists);
        return foreign is null
            ? new(name, true, seen)
            : new(name, false, $"LD_LIBRARY_PATH leads to {foreign}, another PyTorch, which is taken for TorchSharp's. Loaded: {seen}. Do: module purge, or unset LD_LIBRARY_PATH, before the course is started.");
    }

    // Whole mebibytes (https://slurm.schedmd.com/sbatch.html, output environment variables).
    private long? SlurmMemory()
    {
        long? Number(string name) => long.TryParse(place.Platform.Variable(name), CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        return (Number("SLURM_MEM_PER_NODE") ?? Number("SLURM_MEM_PER_CPU") * (Number("SLURM_CPUS_ON_NODE") ?? 1)) << 20;
    }
}
