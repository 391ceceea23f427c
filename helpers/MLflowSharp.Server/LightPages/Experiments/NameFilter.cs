namespace MLflowSharp.Server.LightPages.Experiments;

/// <summary>What people type to find something by its name, in the language of MLflow's filters.</summary>
internal static class NameFilter
{
    public static string? Of(string text)
    {
        if (text.Length == 0)
            return null;
        if (!text.Contains('\'', StringComparison.Ordinal))
            return $"name ILIKE '%{text}%'";
        return text.Contains('"', StringComparison.Ordinal)
            ? throw MlflowException.Invalid("A search cannot have both kinds of quotes. Leave one out.")
            : $"name ILIKE \"%{text}%\"";
    }
}
