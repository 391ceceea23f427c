namespace MLflowSharp.Server.Scoring;

/// <summary>What the header Content-Type may say.</summary>
internal static class ContentType
{
    /// <summary>Reads it.</summary>
    /// <param name="header">The header; null when it is not there.</param>
    /// <param name="isCsv">Whether it is CSV rather than JSON.</param>
    /// <param name="refusal">Why it is not taken.</param>
    public static bool TryParse(string? header, out bool isCsv, out string refusal)
    {
        var parts = (header ?? "").Split(';', StringSplitOptions.TrimEntries);
        isCsv = parts[0] == "text/csv";
        refusal = "";
        foreach (var parameter in parts.Skip(1))
        {
            var name = parameter.Split('=')[0];
            if (name != "charset")
                refusal = $"Unrecognized content type parameters: {name}.";
            else if (!parameter.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase))
                refusal = "The scoring server only supports UTF-8";
        }

        if (refusal.Length == 0 && !isCsv && parts[0] != "application/json")
            refusal = $"This predictor only supports the following content types: Types: ['text/csv', 'application/json']. Got '{header}'.";
        return refusal.Length == 0;
    }
}
