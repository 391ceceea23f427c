namespace MLflowSharp.Validation;

/// <summary>Lengths counted as Python counts them: in code points, not in UTF-16 units.</summary>
internal static class TextLimit
{
    public static bool Exceeds(string text, int limit) => text.Length > limit && Length(text) > limit;

    public static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    /// <summary>The first code points of a text.</summary>
    public static string Take(string text, int limit)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (limit-- == 0)
                break;
            units += rune.Utf16SequenceLength;
        }

        return text[..units];
    }
}
