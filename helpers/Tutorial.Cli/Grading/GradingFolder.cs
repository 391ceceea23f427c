using System.Globalization;
using CSharpKernel.KernelSpecs;
using JupyterProtocol.KernelSpecs;
using MLflowSharp;
using MLflowSharp.Projects;
using NotebookTestRunner;
using NotebookTestRunner.Checks.Budgets;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Resources;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Grading;

/// <summary>
/// Where answers are run: each in a folder of its own for temporary files, with its notebook, its MLflow store and links to what the course has. Where the
/// system can do it (<see cref="Confinement"/>), its kernel can write there and nowhere else.
/// </summary>
internal sealed class GradingFolder : IDisposable
{
    /// <summary>The word with which this program is started to become a confined kernel; no verb, as nobody types it.</summary>
    public const string ConfinedWord = "confined";

    private const long LargestFile = 1_000_000_000;

    // Pages of hundreds of answers are kept in memory until the end.
    private const long MostOutput = 1_000_000;

    // What a lesson may write to is copied, and what is large, or is not of lessons, is linked or left out.
    private static readonly string[] NotCopied = ["assets"], NotLinked = ["notebooks", "mlruns"];

    private static readonly TimeSpan LessonTimeout = TimeSpan.FromMinutes(10), Grace = TimeSpan.FromSeconds(3);

    private readonly Checkout _checkout;
    private readonly string _root;

    /// <summary>Makes the folder.</summary>
    /// <param name="checkout">The checkout with the lessons.</param>
    /// <param name="prefix">What its name begins with.</param>
    public GradingFolder(Checkout checkout, string prefix = "grade-")
    {
        _checkout = checkout;
        _root = Directory.CreateTempSubdirectory(prefix).FullName;
    }

    /// <summary>Makes the notebook of an answer, and all around it.</summary>
    /// <param name="attempt">The answer; its path is set.</param>
    /// <param name="number">A number that no other has.</param>
    /// <param name="limit">How long the answer may run.</param>
    public async Task AddAsync(Attempt attempt, int number, TimeSpan limit)
    {
        var folder = Path.Combine(_root, number.ToString(CultureInfo.InvariantCulture));
        var notebooks = Path.Combine(folder, "notebooks");
        Fault.Writing(_root, () =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "tmp"));
            CopyAll(_checkout.Notebooks, notebooks);
            foreach (var entry in new DirectoryInfo(_checkout.Root).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.') && !NotLinked.Contains(entry.Name)))
                Link(Path.Combine(folder, entry.Name), entry);
            return InstallKernel(folder);
        });
        attempt.Path = Path.Combine(notebooks, $"{attempt.Lesson.Name}_{number.ToString("000", CultureInfo.InvariantCulture)}_{FileName(attempt.Who)}.ipynb");
        await ReaderAnswers.Place(attempt.Lesson.Source, attempt.Answers, limit).WriteAsync(attempt.Path);
    }

    /// <summary>Builds the programs of projects that lessons run, before anything is confined: a build writes where answers must not.</summary>
    /// <param name="lessons">The lessons.</param>
    /// <param name="tell">Is told of a build, and of one that fails: then the lesson's own solution will not be right.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    public async Task BuildProgramsAsync(IEnumerable<GradedLesson> lessons, Action<string> tell, CancellationToken cancellationToken)
    {
        var code = string.Join('\n', lessons.SelectMany(lesson => lesson.Source.CodeCells).Select(cell => cell.Source));
        foreach (var folder in Directory.GetDirectories(_checkout.Notebooks).Where(folder => code.Contains($"\"{Path.GetFileName(folder)}\"", StringComparison.Ordinal)))
        {
            try
            {
                // An answer's folder has the same sources, by which what is built here is found there.
                if (File.Exists(Path.Combine(folder, "MLproject")) && Project.Load(folder).Environment.Kind == ProjectEnvironmentKind.DotNet)
                    await MlflowProjects.BuildAsync(folder, new ProjectRunOptions { Tell = tell }, cancellationToken);
            }
            catch (MlflowException fault)
            {
                tell(fault.Message);
            }
        }
    }

    /// <summary>How an answer is run.</summary>
    /// <param name="notebook">Its notebook.</param>
    /// <param name="memory">How much memory its kernel may hold, in bytes.</param>
    public RunOptions OptionsFor(string notebook, long memory)
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(notebook))!;
        var temporary = Path.Combine(folder, "tmp");
        var lesson = LessonRun.OptionsFor(notebook, Path.Combine(folder, "runs"), _checkout);
        return lesson with
        {
            KernelSpecDirectories = [Path.Combine(folder, "jupyter")],
            RuntimeDirectory = temporary,
            CellTimeout = LessonTimeout,
            InterruptGracePeriod = Grace,
            OutputLimit = MostOutput,
            Mode = ComparisonMode.Lax,
            ContinueAfterError = true,
            Checks = [new AnswerCheck(), new ContainmentCheck(memory)],
            EnvironmentVariables = new Dictionary<string, string>(lesson.EnvironmentVariables)
            {
                ["TMPDIR"] = temporary,
                ["TMP"] = temporary,
                ["TEMP"] = temporary,
                // What one answer leaves in a cache must not be what the next one finds there.
                [LessonRun.KernelCacheVariable] = Path.Combine(temporary, "cache"),
                // An array too many is then an error of its cell; https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-hard-limit
                ["DOTNET_GCHeapHardLimit"] = memory.ToString("X", CultureInfo.InvariantCulture),
                // Memory that is written here and executed there is a file of 2 GB to the system, and files are limited.
                ["DOTNET_EnableWriteXorExecute"] = "0",
            },
        };
    }

    /// <summary>Deletes everything, also what answers left.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception error) when (Fault.IsOfFiles(error))
        {
            // A process that a student's code hid may still write there; the system clears its folder some day.
            return;
        }
    }

    private string InstallKernel(string folder)
    {
        var kernel = KernelSpecInstaller.Create(_checkout.KernelAssembly);
        string[] confined = [kernel.Argv[0], typeof(GradingFolder).Assembly.Location, ConfinedWord, folder, LargestFile.ToString(CultureInfo.InvariantCulture)];
        return KernelSpecStore.Install(KernelSpecInstaller.KernelName, Confinement.IsPossible ? kernel with { Argv = [.. confined, .. kernel.Argv] } : kernel, Path.Combine(folder, "jupyter"));
    }

    private static void CopyAll(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.') && !NotCopied.Contains(entry.Name) && entry.LinkTarget is null))
        {
            if (entry is DirectoryInfo)
                CopyAll(entry.FullName, Path.Combine(to, entry.Name));
            else if (entry.Extension != ".ipynb")
                File.Copy(entry.FullName, Path.Combine(to, entry.Name));
        }
    }

    private static void Link(string path, FileSystemInfo target)
    {
        if (target is DirectoryInfo)
            Directory.CreateSymbolicLink(path, target.FullName);
        else
            File.CreateSymbolicLink(path, target.FullName);
    }

    private static string FileName(string who) =>
        string.Concat(who.Take(40).Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
}
