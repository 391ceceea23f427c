using System.Text.RegularExpressions;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Grading;

/// <summary>A lesson with an exercise.</summary>
/// <param name="Name">Its name, such as <c>02-track-a-first-run</c>.</param>
/// <param name="Source">The author's notebook, with solutions and checks.</param>
internal sealed record GradedLesson(string Name, Notebook Source)
{
    // One cell may be alike by chance, as the one that loads the course's library is.
    private const int FewestAlike = 2;

    private readonly HashSet<string> _texts = [.. ExerciseNotebook.ForReaders(Source).Cells.Select(cell => Plain(cell.Source))];

    /// <summary>How many code cells readers are given.</summary>
    public int CodeCells { get; } = ExerciseNotebook.ForReaders(Source).CodeCells.Count();

    /// <summary>Reads the lessons that have an exercise, in the order of their names.</summary>
    /// <param name="folder">The folder of the authors' notebooks.</param>
    /// <exception cref="CliException">There is none.</exception>
    public static async Task<IReadOnlyList<GradedLesson>> ReadAllAsync(string folder)
    {
        var lessons = new List<GradedLesson>();
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{ExerciseNotebook.SourceEnding}") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var source = await Notebook.ReadAsync(path);
            if (Exercise.ReadAll(source).Count > 0)
                lessons.Add(new(LessonSource.NameOf(path), source));
        }

        return lessons.Count > 0 ? lessons : throw new CliException($"There is no notebook NAME{ExerciseNotebook.SourceEnding} with an exercise in {folder}: name the folder of the authors' notebooks with --sources.");
    }

    /// <summary>The lesson a notebook was made from: the one most of whose cells it has; else the one its file is named after.</summary>
    /// <returns>The lesson, or null when it is none of them.</returns>
    public static GradedLesson? Of(SubmittedNotebook notebook, IReadOnlyList<GradedLesson> lessons)
    {
        if (notebook.Content is { } content)
        {
            var texts = content.Cells.Select(cell => Plain(cell.Source)).Where(text => text.Length > 0).ToHashSet();
            var alike = lessons.Select(lesson => (Lesson: lesson, Count: texts.Count(lesson._texts.Contains))).OrderByDescending(pair => pair.Count).ToList();
            if (alike[0].Count >= FewestAlike && (alike.Count == 1 || alike[0].Count > alike[1].Count))
                return alike[0].Lesson;
        }

        var file = Path.GetFileNameWithoutExtension(notebook.Name);
        return lessons.FirstOrDefault(lesson => file.Contains(lesson.Name, StringComparison.OrdinalIgnoreCase))
            ?? lessons.FirstOrDefault(lesson => Regex.IsMatch(file, $@"(?<!\d){Regex.Escape(lesson.Name.Split('-')[0])}(?!\d)", RegexOptions.CultureInvariant));
    }

    private static string Plain(string source) => source.ReplaceLineEndings("\n").Trim();
}
