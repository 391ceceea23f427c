using NotebookTestRunner.Mutations.Seeding;

namespace NotebookTestRunner.Mutations.Surveying;

/// <summary>Faults that change nothing which anyone could see, each with the reason: a file with a line for each.</summary>
internal static class Equivalents
{
    /// <summary>Reads the file: the reason, then the place, with tabs between. Lines that begin with # are remarks.</summary>
    /// <exception cref="InvalidDataException">A line has no reason or no place.</exception>
    public static IReadOnlyDictionary<FaultPlace, string> Read(string path)
    {
        var all = new Dictionary<FaultPlace, string>();
        if (!File.Exists(path)) return all;
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (line.Length == 0 || line.StartsWith('#')) continue;
            if (line.Split('\t') is not [{ Length: > 0 } reason, .. var parts] || FindingsFile.ParsePlace(parts) is not { } place)
                throw new InvalidDataException($"{path}, line {number + 1}: write the reason, the file, the member, the kind, which one it is and the code, with tabs between.");
            all[place] = reason;
        }

        return all;
    }
}
