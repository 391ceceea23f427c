using System.CommandLine;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using Spectre.Console;
using Tutorial.Cli.Diagnosis;
using Tutorial.Cli.Faults;
using Tutorial.Helpers;

namespace Tutorial.Cli.Verbs;

/// <summary><c>kernel</c>: makes the C# kernel known to Jupyter.</summary>
internal static class KernelVerb
{
    private const string Kernel = KernelSpecInstaller.KernelName;

    // As after a cell that failed: what was looked at is not as it should be.
    private const int ProblemsLeft = (int)ExitCode.CellFailed;

    /// <summary>Describes the verb.</summary>
    public static Command Create(CliContext context) => new("kernel", $"Make the course's C# kernel, {Kernel}, known to Jupyter.")
    {
        Placed("install", "Write the kernelspec. An older one is replaced, that of .NET Interactive too.", context, Install),
        Placed("uninstall", "Remove the kernelspec.", context, Uninstall),
        List(context),
        Doctor(context),
    };

    private static Command Placed(string name, string description, CliContext context, Action<CliContext, string> action)
    {
        var user = new Option<bool>("--user") { Description = "For you, in your own Jupyter folder. The default." };
        var prefix = new Option<string?>("--prefix") { HelpName = "DIR", Description = "Below DIR/share/jupyter, such as a Python environment's folder." };
        var sysPrefix = new Option<bool>("--sys-prefix") { Description = "In the active Python environment (VIRTUAL_ENV or CONDA_PREFIX)." };
        var command = new Command(name, description) { user, prefix, sysPrefix };
        command.Validators.Add(result =>
        {
            if (new Option[] { user, prefix, sysPrefix }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
                result.AddError("--user, --prefix and --sys-prefix exclude each other: give one of them.");
        });
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(sysPrefix) ? context.PythonPrefix ?? throw new CliException(
                "--sys-prefix needs an active Python environment, and neither VIRTUAL_ENV nor CONDA_PREFIX is set: activate one, or give --prefix DIR.")
                : parsed.GetValue(prefix);
            action(context, chosen is null
                ? context.JupyterUserDirectory
                : Path.Combine(Path.GetFullPath(chosen, context.WorkingDirectory), "share", "jupyter"));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Install(CliContext context, string dataDirectory)
    {
        var assembly = context.Checkout.KernelAssembly;
        if (!File.Exists(assembly))
            throw new CliException($"The C# kernel is not built: there is no {assembly}. Run `dotnet tutorial.cs build`.");
        var folder = Fault.Writing(dataDirectory, () => KernelSpecInstaller.InstallInto(dataDirectory, assembly));
        var output = context.Out.Profile.Out.Writer;
        output.WriteLine($"Wrote {Path.Combine(folder, "kernel.json")}.");
        output.WriteLine($"It starts {assembly}: after moving the course, install again.");
        output.WriteLine($"Next: open {context.Checkout.Notebooks} in JupyterLab or VS Code and choose the kernel .NET (C#).");
        if (!context.JupyterDirectories.Contains(dataDirectory))
            output.WriteLine($"Jupyter looks there when it runs from that prefix, or when JUPYTER_PATH names {dataDirectory}.");
    }

    private static void Uninstall(CliContext context, string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, "kernels", Kernel);
        context.Out.Profile.Out.Writer.WriteLine(Fault.Writing(dataDirectory, () => KernelSpecStore.Uninstall(Kernel, dataDirectory))
            ? $"Removed {folder}."
            : $"Nothing to remove: there is no kernel in {folder}. `dotnet tutorial.cs kernel list` shows where there is.");
    }

    private static Command List(CliContext context)
    {
        var command = new Command("list", "Show the kernels that Jupyter finds, and whether they lead anywhere.");
        command.SetAction(_ =>
        {
            var kernels = context.ListKernels();
            if (kernels.Count == 0)
            {
                context.Out.WriteLine("Jupyter finds no kernels. `dotnet tutorial.cs kernel install` makes the course's known to it.");
                return;
            }

            var table = new Table().Border(TableBorder.Rounded).AddColumns("Kernel", "Folder", "State");
            foreach (var kernel in kernels)
                table.AddRow(new Text(kernel.Name), new Text(kernel.Directory), new Text(kernel.Problem ?? "fine", new Style(kernel.Problem is null ? Color.Green : Color.Red)));
            context.Out.Write(table);
        });
        return command;
    }

    private static Command Doctor(CliContext context)
    {
        var repair = new Option<bool>("--repair") { Description = "Write the kernelspec anew where that helps." };
        var command = new Command("doctor", "Explain why Jupyter does not start the kernel, and run a cell to see that it does.") { repair };
        command.SetAction(async (parsed, stop) =>
        {
            var doctor = new KernelDoctor(context);
            var findings = await doctor.ExamineAsync(stop);
            var output = context.Out.Profile.Out.Writer;
            Print(output, findings);
            if (parsed.GetValue(repair) && doctor.Repair(findings).ToList() is { Count: > 0 } repairs)
            {
                foreach (var line in repairs)
                    await output.WriteLineAsync(line);
                findings = await doctor.ExamineAsync(stop);
                Print(output, findings);
            }

            return findings.All(finding => finding.IsFine) ? (int)ExitCode.Success : ProblemsLeft;
        });
        return command;
    }

    private static void Print(TextWriter output, IReadOnlyList<KernelFinding> findings) =>
        output.WriteLine(new EnvironmentReport([.. findings.Select(finding => new EnvironmentItem(finding.Name, finding.IsFine, finding.Detail))]));
}
