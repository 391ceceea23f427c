using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;

namespace Tutorial.Cli.Running;

/// <summary>A lesson as its author keeps it, in <see cref="Checkout.LessonSources"/>: what readers get is made from it.</summary>
public static class LessonSource
{
    /// <summary>The source of a lesson, or the lesson itself where it has none.</summary>
    /// <param name="lesson">The full path of a lesson, or of a source.</param>
    /// <param name="checkout">The checkout.</param>
    public static string Of(string lesson, Checkout checkout)
    {
        ArgumentNullException.ThrowIfNull(checkout);
        var source = Path.Combine(checkout.LessonSources, NameOf(lesson) + ExerciseNotebook.SourceEnding);
        return Path.GetDirectoryName(lesson) == checkout.Notebooks && File.Exists(source) ? source : lesson;
    }

    /// <summary>Whether a path is that of a lesson's source.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="checkout">The checkout.</param>
    public static bool Is(string path, Checkout checkout)
    {
        ArgumentNullException.ThrowIfNull(checkout);
        return Path.GetDirectoryName(path) == checkout.LessonSources && path.EndsWith(ExerciseNotebook.SourceEnding, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name of a lesson, the same for its source.</summary>
    /// <param name="path">The path of either.</param>
    public static string NameOf(string path)
    {
        var file = Path.GetFileName(path);
        return file.EndsWith(ExerciseNotebook.SourceEnding, StringComparison.OrdinalIgnoreCase) ? file[..^ExerciseNotebook.SourceEnding.Length] : Path.GetFileNameWithoutExtension(file);
    }

    /// <summary>Where the lesson is that readers get.</summary>
    /// <param name="source">The path of its source.</param>
    /// <param name="checkout">The checkout.</param>
    public static string ReadersPath(string source, Checkout checkout)
    {
        ArgumentNullException.ThrowIfNull(checkout);
        return Path.Combine(checkout.Notebooks, NameOf(source) + ".ipynb");
    }

    /// <summary>Makes the lesson that readers get.</summary>
    /// <param name="source">The path of its source.</param>
    /// <param name="checkout">The checkout.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task PublishAsync(string source, Checkout checkout, CancellationToken cancellationToken = default) =>
        await ExerciseNotebook.ForReaders(await Notebook.ReadAsync(source, cancellationToken)).WriteAsync(ReadersPath(source, checkout), cancellationToken);
}
