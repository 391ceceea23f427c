namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>Compares what happened to files with what was promised.</summary>
internal sealed class FileJudge(Surroundings surroundings)
{
    private const int Named = 12;

    /// <summary>What was not kept.</summary>
    /// <param name="terms">The promises.</param>
    /// <param name="before">What was there before.</param>
    /// <param name="after">What is there now.</param>
    /// <param name="isComplete">Whether everything was done that should be; otherwise only what must not happen is judged.</param>
    public async Task<IReadOnlyList<Violation>> JudgeAsync(FileTerms terms, FolderPicture before, FolderPicture after, bool isComplete)
    {
        var changes = before.To(after);
        var inside = changes.Where(change => surroundings.IsInside(change.Path)).ToList();
        List<Violation> violations = [];
        HashSet<string> promised = new(StringComparer.Ordinal);

        await JudgeAsync(terms.Created, "written", change => change.Kind is ChangeKind.Created or ChangeKind.Changed);
        await JudgeAsync(terms.Changed, "changed", change => change.Kind is ChangeKind.Changed);
        await JudgeAsync(terms.Deleted, "deleted", change => change.Kind is ChangeKind.Deleted);
        if (!isComplete) violations.Clear();

        if (terms.Only && Told(inside.Where(change => !IsPromised(change))) is { Count: > 0 } rest)
            violations.Add(new(terms.Place, $"files: nothing else is to happen in the working folder, and there is {List(rest)}. Declare it, or clean it up"));
        if (terms.Outside is { } allowed)
        {
            var outside = changes.Where(change => !surroundings.IsInside(change.Path) && !IsAround(change)).ToList();
            promised.UnionWith(outside.Where(change => allowed.Any(glob => glob.Matches(change.Path))).Select(change => change.Path));
            var leaked = Told(outside.Where(change => !IsPromised(change)));
            if (leaked.Count > 0)
                violations.Add(new(terms.Place, $"files: nothing is to happen outside the working folder, and there is {List(leaked)}. Write below {surroundings.WorkingFolder}, or allow it (outside: or allow:)"));
        }
        return violations;

        // A folder is there for what is promised in it.
        bool IsPromised(FileChange change) =>
            promised.Contains(change.Path) || (change.IsFolder && promised.Any(path => path.StartsWith(change.Path + "/", StringComparison.Ordinal)));

        async Task JudgeAsync(IReadOnlyList<FileTerm> list, string what, Func<FileChange, bool> isMeant)
        {
            foreach (var term in list)
            {
                var matching = inside.Where(change => term.Glob.Matches(surroundings.Shown(change.Path))).ToList();
                var found = matching.Where(isMeant).ToList();
                promised.UnionWith(found.Select(change => change.Path));
                if (!term.Count.Allows(found.Count)) violations.Add(new(term.Place, Missing(term, what, found, matching)));
                foreach (var change in found.Where(change => change.Kind != ChangeKind.Deleted && !change.IsFolder))
                {
                    if (await term.FaultAsync(change.Size, () => File.ReadAllTextAsync(change.Path)) is { } fault)
                        violations.Add(new(term.Place, $"files: {surroundings.Shown(change.Path)} {fault}"));
                }
            }
        }

        string Missing(FileTerm term, string what, List<FileChange> found, List<FileChange> matching)
        {
            if (found.Count > 0 || !term.Count.Allows(1)) return $"files: {term.Glob}: {term.Count} expected to be {what}, and there is {(found.Count == 0 ? "none" : List(found))}";
            if (matching.Count > 0) return $"files: {term.Glob} is expected to be {what}, and it was {matching[0].Kind.ToString().ToLowerInvariant()}";
            var there = after.Below(surroundings.WorkingFolder).Where(path => term.Glob.Matches(path)).ToList();
            if (there.Count > 0) return $"files: {term.Glob} is expected to be {what}; {there[0]} was there before, and is as it was";
            var told = Told(inside);
            return told.Count > 0
                ? $"files: {term.Glob} is expected to be {what}, and there is only {List([.. Nearest.InOrder(term.Glob.Pattern, told.Select(change => surroundings.Shown(change.Path))).Take(Named).Select(path => told.First(change => surroundings.Shown(change.Path) == path))])}"
                : $"files: {term.Glob} is expected to be {what}, and no file in the working folder was written, changed or deleted";
        }
    }

    // The folders that the working folder lies in are not news.
    private bool IsAround(FileChange change) => change.IsFolder && FolderPath.IsAround(change.Path, surroundings.WorkingFolder);

    /// <summary>Changes worth telling: a folder only when nothing in it is told.</summary>
    private static List<FileChange> Told(IEnumerable<FileChange> changes)
    {
        var all = changes.ToList();
        return [.. all.Where(change => !change.IsFolder || !all.Exists(other => other.Path.StartsWith(change.Path + "/", StringComparison.Ordinal)))];
    }

    private string List(List<FileChange> changes) =>
        string.Join(", ", changes.Take(Named).Select(change => $"{surroundings.Shown(change.Path)}{(change.IsFolder ? "/" : "")} ({change.Kind.ToString().ToLowerInvariant()})"))
        + (changes.Count > Named ? $" and {changes.Count - Named} more" : "");
}
