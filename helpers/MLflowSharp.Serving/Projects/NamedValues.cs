namespace MLflowSharp.Serving.Projects;

/// <summary>Reads words of the form <c>name=value</c>.</summary>
internal static class NamedValues
{
    /// <summary>The pairs, in their order; a word without <c>=</c> has no value.</summary>
    /// <exception cref="MlflowException">A name is given twice.</exception>
    public static IReadOnlyList<KeyValuePair<string, string?>> Read(string option, IEnumerable<string>? words)
    {
        List<KeyValuePair<string, string?>> pairs = [.. (words ?? []).Select(word => word.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : null))];
        return pairs.GroupBy(pair => pair.Key).FirstOrDefault(group => group.Count() > 1) is { } repeated
            ? throw new MlflowException($"Repeated parameter: '{repeated.Key}'. Give {option} {repeated.Key} once.", ErrorCode.InvalidParameterValue)
            : pairs;
    }

    /// <summary>The error for a word without a value.</summary>
    public static MlflowException Refuse(string option, string word) =>
        new($"Invalid format for {option} parameter: '{word}'. Use {option} name=value.", ErrorCode.InvalidParameterValue);
}
