using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Running;

/// <summary>A copy of a built test project, in which the project's assembly can be replaced by the one with the faults.</summary>
/// <param name="Subject">The project and its tests.</param>
/// <param name="Folder">The copy.</param>
internal sealed record TestCopy(Subject Subject, string Folder)
{
    private const long LargeFile = 20_000_000;

    /// <summary>The assembly that is to get the faults.</summary>
    public string FaultyAssembly => Path.Combine(Folder, Subject.Assembly + ".dll");

    /// <summary>The tests' assembly.</summary>
    public string TestAssembly => Path.Combine(Folder, Subject.Tests + ".dll");

    /// <summary>Copies the tests as they are built, and this program into them, which runs them.</summary>
    /// <param name="subject">The project and its tests.</param>
    /// <param name="checkout">The checkout's top folder.</param>
    /// <param name="folder">Where the copy goes; what is there is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">The tests are not built.</exception>
    public static TestCopy Prepare(Subject subject, string checkout, string folder)
    {
        var built = Path.Combine(checkout, "artifacts", "bin", subject.Tests);
        if (!File.Exists(Path.Combine(built, subject.Tests + ".dll")))
            throw new DirectoryNotFoundException($"{subject.Tests} is not built: run 'dotnet build tests/{subject.Tests}' first.");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            // Only large libraries stay links: the assembly with the faults must not be written through one to the real assembly.
            var real = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            if (new FileInfo(real).Length > LargeFile) File.CreateSymbolicLink(copy, real);
            else File.Copy(real, copy);
        }

        File.Copy(typeof(TestCopy).Assembly.Location, Path.Combine(folder, Path.GetFileName(typeof(TestCopy).Assembly.Location)), overwrite: true);
        return new(subject, folder);
    }
}
