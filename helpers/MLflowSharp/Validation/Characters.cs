namespace MLflowSharp.Validation;

/// <summary>Refuses half of a surrogate pair, which is no character: stores would keep something else in its place.</summary>
internal static class Characters
{
    /// <summary>Checks a text.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static string Check(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        for (; at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                throw MlflowException.Invalid($"A text has half of a surrogate pair at position {at} (counted from 0), which is no character and cannot be stored. Remove it.");
            at++;
        }

        return text;
    }
}
