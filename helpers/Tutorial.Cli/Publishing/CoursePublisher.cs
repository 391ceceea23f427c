using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Publishing;

/// <summary>Makes a folder with everything that taking the course needs, and nothing that building it needs.</summary>
/// <param name="checkout">The course, built.</param>
internal sealed partial class CoursePublisher(Checkout checkout)
{
    // What readers of lessons follow links to.
    private static readonly string[] Folders = ["data", "docs", "environment"];

    // What working with a notebook leaves beside it.
    private static readonly string[] Leftovers = ["mlruns", "mlartifacts", "artifacts", "bin", "obj"];

    /// <summary>Publishes the course.</summary>
    /// <param name="target">The folder to make.</param>
    /// <param name="withRuntime">Whether .NET's runtime goes with it.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="CliException">The course is not built, the folder is in use for something else, or it cannot be written.</exception>
    public (int Files, long Bytes) Publish(string target, bool withRuntime)
    {
        if (checkout.IsPublished)
            throw new CliException($"{checkout.Root} is a published course already: copy that folder, or run `dotnet tutorial.cs publish` in a checkout.");
        if (!File.Exists(checkout.KernelAssembly))
            throw new CliException($"The C# kernel is not built: there is no {checkout.KernelAssembly}. Run `dotnet tutorial.cs build`.");
        if (Path.Exists(target) && !File.Exists(Path.Combine(target, Checkout.PublishedMark)) && (File.Exists(target) || Directory.EnumerateFileSystemEntries(target).Any()))
            throw new CliException($"{target} is there and holds something else than a published course: name a new folder.");
        if (IsWithin(checkout.Root, target))
            throw new CliException($"{target} holds this checkout: name another folder.");
        var above = Path.GetDirectoryName(target) ?? throw new CliException($"{target} cannot be made anew: name a folder below it.");
        return Fault.Writing(above, () =>
        {
            // Beside it, and then by two renames: whoever looks meanwhile finds the old course or the new one.
            var scratch = $"{target}.publishing-{Environment.ProcessId}";
            try
            {
                var copy = new CourseCopy(scratch);
                Fill(copy, withRuntime);
                var old = $"{target}.old-{Environment.ProcessId}";
                if (Directory.Exists(target))
                    Directory.Move(target, old);
                Directory.Move(scratch, target);
                if (Directory.Exists(old))
                    Directory.Delete(old, recursive: true);
                return (copy.Files, copy.Bytes);
            }
            finally
            {
                if (Directory.Exists(scratch))
                    Directory.Delete(scratch, recursive: true);
            }
        });
    }

    private void Fill(CourseCopy copy, bool withRuntime)
    {
        copy.AddFolder(checkout.Notebooks, "notebooks", IsOfLessons);
        foreach (var folder in Folders.Where(folder => Directory.Exists(Path.Combine(checkout.Root, folder))))
            copy.AddFolder(Path.Combine(checkout.Root, folder), folder, _ => true);
        var built = Path.GetDirectoryName(Path.GetDirectoryName(checkout.KernelAssembly))!;
        // A program's own file must be no link, or the host looks for what it needs where that leads: those that others refer to come first.
        foreach (var program in Libraries().Prepend("CSharpKernel").Append("Tutorial.Cli").Distinct())
            copy.AddFolder(Path.Combine(built, program), $"artifacts/bin/{program}", IsForThisSystem);
        if (withRuntime)
            AddRuntime(copy);
        copy.AddText("tutorial", Launcher, isProgram: true);
        copy.AddText("tutorial.cmd", WindowsLauncher.ReplaceLineEndings("\r\n"));
        copy.AddText(Checkout.PublishedMark, Description(withRuntime));
        var host = withRuntime ? Path.Combine(copy.Root, "dotnet", Platform.Current.Program("dotnet")) : null;
        copy.AddWritten(KernelSpecInstaller.InstallMovable(Path.Combine(copy.Root, "share", "jupyter"), Path.Combine(copy.Root, "artifacts", "bin", "CSharpKernel", "CSharpKernel.dll"), host));
        copy.Share();
    }

    /// <summary>The libraries that lessons refer to.</summary>
    private IEnumerable<string> Libraries() => Directory.EnumerateFiles(checkout.Notebooks, "*.ipynb").SelectMany(file => BuiltLibrary().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);

    private static void AddRuntime(CourseCopy copy)
    {
        // ROOT/shared/Microsoft.NETCore.App/VERSION
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var version = Path.GetFileName(runtime);
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        copy.AddFile(Path.Combine(root, Platform.Current.Program("dotnet")), Platform.Current.Combine("dotnet", Platform.Current.Program("dotnet")));
        foreach (var notice in (string[])["LICENSE.txt", "ThirdPartyNotices.txt"])
        {
            if (File.Exists(Path.Combine(root, notice)))
                copy.AddFile(Path.Combine(root, notice), $"dotnet/{notice}");
        }

        // The newest is the one that starts programs.
        var host = Directory.GetDirectories(Path.Combine(root, "host", "fxr")).MaxBy(folder => Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var number) ? number : new Version(0, 0))!;
        copy.AddFolder(host, $"dotnet/host/fxr/{Path.GetFileName(host)}", _ => true);
        foreach (var framework in (string[])["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"])
        {
            var folder = Path.Combine(root, "shared", framework, version);
            if (!Directory.Exists(folder))
                throw new CliException($"There is no {folder}, which the course needs: install the .NET SDK as environment/laptop/README.md says, or publish without --with-runtime.");
            copy.AddFolder(folder, $"dotnet/shared/{framework}/{version}", _ => true);
        }
    }

    private static bool IsOfLessons(string file)
    {
        var parts = file.Split('/');
        return !parts.Any(part => part.StartsWith('.') || Leftovers.Contains(part) || part.EndsWith(".journals", StringComparison.Ordinal))
            && !parts[^1].Contains(".db", StringComparison.Ordinal);
    }

    // Native libraries of other systems are two gigabytes; what a debugger wants is for those who build.
    private static bool IsForThisSystem(string file) => !file.EndsWith(".pdb", StringComparison.Ordinal)
        && (file.Split('/') is not ["runtimes", var system, ..] || Platform.Current.RuntimeIdentifiers.Contains(system));

    private static bool IsWithin(string path, string folder) => !Path.GetRelativePath(folder, path).StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(Path.GetRelativePath(folder, path));

    private static string Description(bool withRuntime) => $"""
        # A course of C# notebooks about MLflow, ready to use

        This folder was made by `dotnet tutorial.cs publish`. It is complete, may be read-only, and may be moved or copied as a whole.
        It needs {(withRuntime ? "nothing else: .NET's runtime is in it" : "the .NET 10 runtime (`dotnet`)")}, and no network.

        - `./tutorial doctor` says what is missing on this machine. Where a text says `dotnet tutorial.cs`, use `./tutorial`.
        - Jupyter: set `JUPYTER_PATH` to `share/jupyter` in this folder, or run `./tutorial kernel install --user` once.
        - Copy `notebooks` to a folder of your own and work there: your runs are kept in `mlflow.db` beside the notebook.
        - `./tutorial run` runs all lessons and writes into `artifacts` in the folder where you call it, or into `{Checkout.ArtifactsVariable}`.

        Licence: Apache-2.0; `data/mnist` is CC BY-SA 3.0.

        """;

    private const string Launcher = """
        #!/bin/sh
        # The course's command line: with the runtime in this folder, or the machine's.
        here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0" || echo "$0")")" && pwd -P)
        dotnet="$here/dotnet/dotnet"
        [ -x "$dotnet" ] || dotnet=dotnet
        exec "$dotnet" "$here/artifacts/bin/Tutorial.Cli/Tutorial.Cli.dll" "$@"

        """;

    private const string WindowsLauncher = """
        @echo off
        set "course_dotnet=%~dp0dotnet\dotnet.exe"
        if not exist "%course_dotnet%" set "course_dotnet=dotnet"
        "%course_dotnet%" "%~dp0artifacts\bin\Tutorial.Cli\Tutorial.Cli.dll" %*

        """;

    [GeneratedRegex(@"artifacts/bin/([\w.]+)/")]
    private static partial Regex BuiltLibrary();
}
