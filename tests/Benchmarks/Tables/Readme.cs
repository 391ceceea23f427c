namespace Benchmarks;

/// <summary>Replaces the figures in the README, between two comments.</summary>
internal static class Readme
{
    /// <summary>Writes the block; the rest of the file stays as it is.</summary>
    /// <param name="path">The README.</param>
    /// <param name="name">The block's name, which both comments bear.</param>
    /// <param name="block">The new content, without the comments around it.</param>
    /// <exception cref="InvalidDataException">The file has no such block.</exception>
    public static void Write(string path, string name, string block)
    {
        var (opening, closing) = ($"<!-- {name} -->", $"<!-- /{name} -->");
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(opening, StringComparison.Ordinal);
        var end = text.IndexOf(closing, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} has no block between {opening} and {closing}. Put the two comments where it belongs.");

        File.WriteAllText(path, $"{text[..(begin + opening.Length)]}\n{block.TrimEnd()}\n{text[end..]}");
    }
}
