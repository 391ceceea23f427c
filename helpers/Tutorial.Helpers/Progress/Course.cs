namespace Tutorial.Helpers;

/// <summary>The course as its reader has it.</summary>
public static class Course
{
    /// <summary>
    /// Says which lessons are done: those whose check says "Right!" in the notebook as it was saved. Nothing is kept anywhere else, so what is not saved
    /// (Ctrl + S) does not count yet, and a copy of the notebooks takes its progress along.
    /// </summary>
    /// <param name="folder">The folder with the lessons; by default the working directory, which is a notebook's own folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no lesson in the folder.</exception>
    public static CourseProgress Progress(string? folder = null)
    {
        var place = Path.GetFullPath(folder ?? Environment.CurrentDirectory);
        LessonProgress[] lessons = Directory.Exists(place)
            ? [.. Directory.EnumerateFiles(place, "*.ipynb").Order(StringComparer.Ordinal).Select(LessonProgress.Read).OfType<LessonProgress>()]
            : [];
        return lessons.Length > 0 ? new(lessons)
            : throw new DirectoryNotFoundException($"There is no lesson with an exercise in {place}: run this in a notebook beside the lessons, or name their folder, as in Course.Progress(\"../notebooks\").");
    }
}
