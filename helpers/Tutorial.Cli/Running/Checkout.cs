using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Running;

/// <summary>Where things are in a checkout of the course. Everything that a run writes goes below <see cref="Artifacts"/>.</summary>
/// <param name="Root">The full path of the folder with <c>Tutorial.sln</c>.</param>
public sealed record Checkout(string Root)
{
    private const string Mark = "Tutorial.sln";

    /// <summary>The file that tells a published course, which is built and may only be read, from a checkout.</summary>
    public const string PublishedMark = "PUBLISHED.md";

    /// <summary>The variable that names the folder in which a published course keeps what its runs write.</summary>
    public const string ArtifactsVariable = "TUTORIAL_ARTIFACTS";

    /// <summary>The lessons.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>The lessons as their authors keep them: with solutions, wrong answers and the hints to them.</summary>
    public string LessonSources => Path.Combine(Root, "tests", "Notebooks", "Sources");

    /// <summary>Everything built or written by a run; of a published course only what is written.</summary>
    public string Artifacts { get; init; } = Path.Combine(Root, "artifacts");

    /// <summary>Whether this is a course that <c>publish</c> made: built, complete, and perhaps read-only.</summary>
    public bool IsPublished { get; init; }

    /// <summary>One folder per notebook, with the MLflow store of its last run.</summary>
    public string Runs => Path.Combine(Artifacts, "runs");

    /// <summary>Reports of the last run.</summary>
    public string Report => Path.Combine(Artifacts, "report");

    /// <summary>A private Jupyter data folder: its <c>kernels</c> holds the course's kernel.</summary>
    public string Jupyter => Path.Combine(Artifacts, "jupyter");

    /// <summary>What the kernel remembers of packages it restored.</summary>
    public string KernelCache => Path.Combine(Artifacts, "cache", "csharpkernel");

    /// <summary>Which notebooks passed, for <c>check --cache</c>.</summary>
    public string NotebookCache => Path.Combine(Artifacts, "cache", "notebooks");

    /// <summary>The kernel, as the build leaves it; the checkout's own by default.</summary>
    public string KernelAssembly { get; init; } = Path.Combine(Root, "artifacts", "bin", "CSharpKernel", "CSharpKernel.dll");

    /// <summary>The checkout this program was built in.</summary>
    /// <param name="start">Where to look first, then in the folders above; default the program's own folder.</param>
    /// <exception cref="CliException">There is none.</exception>
    public static Checkout Find(string? start = null)
    {
        start ??= AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
                return new Checkout(folder.FullName);
            if (File.Exists(Path.Combine(folder.FullName, PublishedMark)))
                return new Checkout(folder.FullName) { IsPublished = true, Artifacts = PublishedArtifacts };
        }

        throw new CliException($"There is no {Mark} in {start} or in a folder above it: this program works inside a checkout of the course. Run `dotnet tutorial.cs` there.");
    }

    // In view, where the user is: a home may be full, and the course itself belongs to somebody else.
    private static string PublishedArtifacts =>
        Path.GetFullPath(Environment.GetEnvironmentVariable(ArtifactsVariable) is { Length: > 0 } named ? named : "artifacts");
}
