namespace Benchmarks;

/// <summary>Replaces the figures in the README, between two comments.</summary>
internal static class Readme
{
    private const string Begin = "<!-- benchmarks -->";
    private const string End = "<!-- /benchmarks -->";

    /// <summary>Writes the block; the rest of the file stays as it is.</summary>
    /// <param name="path">The README.</param>
    /// <param name="block">The new content, without the comments around it.</param>
    /// <exception cref="InvalidDataException">The file has no such block.</exception>
    public static void Write(string path, string block)
    {
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} has no block between {Begin} and {End} for the figures. Put the two comments where the table belongs.");

        File.WriteAllText(path, $"{text[..(begin + Begin.Length)]}\n{block.TrimEnd()}\n{text[end..]}");
    }
}
