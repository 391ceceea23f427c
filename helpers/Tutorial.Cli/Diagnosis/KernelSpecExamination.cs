using System.Text.Json.Nodes;
using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;

namespace Tutorial.Cli.Diagnosis;

/// <summary>Compares the kernelspec that Jupyter takes with the one that starts this checkout's kernel.</summary>
/// <param name="context">Where to look.</param>
internal sealed class KernelSpecExamination(CliContext context)
{
    private const string Name = "Kernelspec";
    private const string Repair = "`dotnet tutorial.cs kernel doctor --repair` writes it anew";

    /// <summary>Says what is wrong with a kernelspec, the first thing first.</summary>
    /// <param name="folder">The kernelspec's folder, or null when Jupyter finds none.</param>
    public KernelFinding Examine(string? folder)
    {
        if (folder is null)
            return new(Name, false, $"Jupyter finds no kernel {KernelSpecInstaller.KernelName} in {string.Join(", ", context.JupyterDirectories)}; {Repair}", context.JupyterUserDirectory);
        // DATA/kernels/NAME: what is written to DATA takes its place.
        var data = Path.GetDirectoryName(Path.GetDirectoryName(folder))!;
        try
        {
            var spec = KernelSpec.Load(Path.Combine(folder, "kernel.json"));
            // As it will be when Jupyter starts it from this folder.
            return Problem(spec with { Argv = [.. spec.Argv.Select(argument => InPlace(argument, folder))] }) is { } problem
                ? new(Name, false, $"{folder} {problem}; {Repair}", data)
                : new(Name, true, $"{folder} starts this checkout's kernel");
        }
        catch (JupyterProtocolException fault)
        {
            return new(Name, false, $"{fault.Message} {Repair}", data);
        }
    }

    private static string InPlace(string argument, string folder) =>
        argument.Contains(KernelSpec.ResourceDirectory, StringComparison.Ordinal) ? Path.GetFullPath(argument.Replace(KernelSpec.ResourceDirectory, folder, StringComparison.Ordinal)) : argument;

    private string? Problem(KernelSpec spec)
    {
        if (spec.Argv.Any(argument => argument is "interactive" || Path.GetFileNameWithoutExtension(argument) is "dotnet-interactive" or "Microsoft.DotNet.Interactive.App"))
            return "is that of .NET Interactive, which hides this course's kernel of the same name";
        var program = spec.Argv[0];
        if (!Path.IsPathFullyQualified(program) && OnPath(program) is null)
            return $"starts '{program}', which is not on the PATH; a server may have another PATH than this terminal, so the full path belongs there";
        var host = OnPath(program)!;
        if (!File.Exists(host))
            return $"starts {host}, which is gone";
        if (ProgramFile.ArchitectureOf(host) is { } architecture && !Platform.Current.CanRun(architecture, context.MachineArchitecture))
            return $"starts {host}, which is built for {architecture}, while this machine is {context.MachineArchitecture}";
        if (!HasRuntime(host))
            return $"starts {host}, beside which there is no Microsoft.NETCore.App {Environment.Version.Major}; the kernel needs that runtime";
        if (spec.Argv.FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) is { } assembly && assembly != context.Checkout.KernelAssembly)
        {
            return File.Exists(assembly)
                ? $"starts {assembly}, the kernel of another checkout, not of {context.Checkout.Root}"
                : $"leads to {assembly}, which is gone: the course was moved or cleaned";
        }

        var wanted = KernelSpecInstaller.Create(context.Checkout.KernelAssembly);
        if (spec.InterruptMode != wanted.InterruptMode)
            return $"has the interrupt_mode '{spec.InterruptMode}' instead of '{wanted.InterruptMode}'";
        if (!spec.Argv.Skip(1).SequenceEqual(wanted.Argv.Skip(1)) || spec.DisplayName != wanted.DisplayName || spec.Language != wanted.Language || !JsonNode.DeepEquals(spec.Metadata, wanted.Metadata))
            return "was written by another version of the course";
        return Path.IsPathFullyQualified(program) ? null : $"starts '{program}' without its full path, which a server with another PATH does not find";
    }

    /// <summary>The full path of a program; null when it is named without one and not on the PATH.</summary>
    private string? OnPath(string program) => Path.IsPathFullyQualified(program) ? program : Platform.Current.FindProgram(program, context.PathVariable, File.Exists);

    /// <summary>Whether a dotnet has the runtime that the kernel is built for; of another program nothing is known.</summary>
    private static bool HasRuntime(string host)
    {
        if (!Path.GetFileName(host).Equals(Platform.Current.Program("dotnet"), StringComparison.OrdinalIgnoreCase))
            return true;
        var root = Path.GetDirectoryName(File.ResolveLinkTarget(host, returnFinalTarget: true)?.FullName ?? host)!;
        var runtimes = Path.Combine(root, "shared", "Microsoft.NETCore.App");
        return Directory.Exists(runtimes) && Directory.EnumerateDirectories(runtimes, $"{Environment.Version.Major}.*").Any();
    }
}
