using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Running;

/// <summary>Finds lessons by what people call them.</summary>
internal static class LessonFinder
{
    /// <summary>The lessons asked for, in the order asked; all, in the order of their names, when none is.</summary>
    /// <param name="checkout">The checkout.</param>
    /// <param name="asked">Paths, or names of lessons or what they begin with: <c>02</c>, <c>02-track-a-first-run</c>.</param>
    /// <param name="workingDirectory">Relative paths are taken from here.</param>
    /// <exception cref="CliException">There is none of that name, or two have the same name.</exception>
    public static IReadOnlyList<string> Find(Checkout checkout, IReadOnlyList<string> asked, string workingDirectory)
    {
        string[] lessons = Directory.Exists(checkout.Notebooks)
            ? [.. Directory.EnumerateFiles(checkout.Notebooks, "*.ipynb").OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)]
            : [];
        string[] found = asked.Count == 0 ? lessons : [.. asked.Select(name => One(name, lessons, workingDirectory)).Distinct()];
        if (found.Length == 0)
            throw new CliException($"There are no notebooks in {checkout.Notebooks}: restore the folder from version control, or name notebooks to run.");

        // The store of a lesson is named after it.
        if (found.GroupBy(Path.GetFileNameWithoutExtension).FirstOrDefault(group => group.Count() > 1) is { } twins)
            throw new CliException($"{string.Join(" and ", twins)} have the same name and would share one MLflow store: run one after the other.");
        return found;
    }

    private static string One(string name, string[] lessons, string workingDirectory)
    {
        var path = Path.GetFullPath(name, workingDirectory);
        if (File.Exists(path))
            return path;

        var matches = lessons.Where(lesson => Path.GetFileName(lesson).StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        var exact = matches.Where(lesson => Path.GetFileNameWithoutExtension(lesson).Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return (exact, matches) switch
        {
            ([var lesson], _) => lesson,
            (_, [var lesson]) when name.Length > 0 => lesson,
            _ => throw new CliException(
                $"There is no notebook '{name}', neither in {workingDirectory} nor as one lesson's name. "
                + $"The lessons are: {string.Join(", ", lessons.Select(Path.GetFileNameWithoutExtension))}."),
        };
    }
}
