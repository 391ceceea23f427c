using System.Globalization;
using NotebookTestRunner.Mutations.Surveying;

namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>Keeps which faults do not compile: to find out takes some dozen builds. A line is good for as long as its file stays as it is.</summary>
internal static class DroppedPlaces
{
    /// <summary>Reads what is known of the code as it is now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="code">The code of a source file.</param>
    public static HashSet<(string File, int Start, string Kind)> Read(string path, Func<string, string> code)
    {
        HashSet<(string File, int Start, string Kind)> places = [];
        if (!File.Exists(path)) return places;
        foreach (var file in File.ReadLines(path).Select(line => line.Split('\t')).GroupBy(parts => parts[0]))
        {
            string hash;
            try
            {
                hash = Recordings.Hash(code(file.Key));
            }
            catch (KeyNotFoundException)
            {
                // The file is gone.
                continue;
            }

            foreach (var parts in file.Where(parts => parts is [_, var known, _, _] && known == hash))
                places.Add((parts[0], int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]));
        }

        return places;
    }

    /// <summary>Writes what is known.</summary>
    public static void Write(string path, IEnumerable<(string File, int Start, string Kind)> places, Func<string, string> code) =>
        File.WriteAllLines(path, places.GroupBy(place => place.File).SelectMany(file =>
        {
            var hash = Recordings.Hash(code(file.Key));
            return file.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.File}\t{hash}\t{place.Start}\t{place.Kind}"));
        }));
}
