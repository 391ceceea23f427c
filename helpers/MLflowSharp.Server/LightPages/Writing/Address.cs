using System.Text;

namespace MLflowSharp.Server.LightPages.Writing;

/// <summary>
/// The address of one of our pages, relative to any other: all are files of one folder, with what they are about in the query. So links hold behind every proxy.
/// </summary>
internal static class Address
{
    /// <summary>Writes an address.</summary>
    /// <param name="page">The page, such as <c>run</c>.</param>
    /// <param name="query">Keys and values, not yet encoded; what has no value is left out.</param>
    public static string Of(string page, params IEnumerable<(string Key, string? Value)> query)
    {
        var address = new StringBuilder(page);
        var separator = '?';
        foreach (var (key, value) in query)
        {
            if (string.IsNullOrEmpty(value))
                continue;
            address.Append(separator).Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return address.ToString();
    }

    public static string Experiment(string experimentId) => Of("runs", ("experiment", experimentId));

    public static string Run(string runId) => Of("run", ("id", runId));

    public static string Model(string name) => Of("model", ("name", name));

    public static string Version(string name, string version) => Of("model-version", ("name", name), ("version", version));

    public static string Versions(string name, string first, string second) => Of("versions", ("name", name), ("first", first), ("second", second));

    public static string Compare(IEnumerable<string> runIds) => Of("compare", runIds.Select(id => ("run", (string?)id)));

    public static string Chart(string metric, IEnumerable<string> runIds) => Of("chart", [("metric", metric), .. runIds.Select(id => ("run", (string?)id))]);

    /// <summary>The address that somebody sent, or if it is none of ours another.</summary>
    public static string OursOr(string text, string other) => IsOurs(text) ? text : other;

    /// <summary>Whether a text is such an address, and leads nowhere else.</summary>
    public static bool IsOurs(string text) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.Split('?')[0].All(c => char.IsAsciiLetterLower(c) || c == '-') && !text.Any(char.IsControl);
}
