using System.Collections.Concurrent;
using NotebookTestRunner;
using NotebookTestRunner.Notebooks;
using Tutorial.Cli.Running;

namespace Notebooks;

/// <summary>The course's notebooks, each executed once however many of its cells are asked for.</summary>
internal static class Lessons
{
    private static readonly Checkout Checkout = Checkout.Find();
    private static readonly ConcurrentDictionary<string, Lazy<Task<NotebookResult>>> Results = new();

    /// <summary>The names of the notebooks' files, in reading order. Where a lesson is made from a source, that is run: it is the lesson, and proves its exercise.</summary>
    public static IEnumerable<string> Names =>
        Directory.Exists(Checkout.Notebooks)
            ? Directory.EnumerateFiles(Checkout.Notebooks, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            : [];

    public static Notebook Read(string name) => Notebook.Read(PathOf(name));

    /// <summary>The result of a notebook, run like <c>dotnet tutorial.cs run</c> does, with a store of the tests' own.</summary>
    public static Task<NotebookResult> ResultAsync(string name, CancellationToken cancellationToken) =>
        Results.GetOrAdd(name, _ => new(() => RunAsync(name, cancellationToken))).Value;

    public static string PathOf(string name) => LessonSource.Of(ReadersPathOf(name), Checkout);

    public static string ReadersPathOf(string name) => Path.Combine(Checkout.Notebooks, name);

    /// <summary>How a notebook is run, with a store of the tests' own.</summary>
    public static RunOptions OptionsFor(string name) => LessonRun.OptionsFor(PathOf(name), Path.Combine(Checkout.Runs, "tests"), Checkout);

    private static Task<NotebookResult> RunAsync(string name, CancellationToken cancellationToken) =>
        new NotebookRunner(OptionsFor(name)).RunAsync(PathOf(name), progress: null, cancellationToken);
}
