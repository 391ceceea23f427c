namespace CSharpKernel.Magics;

/// <summary>Magics of the dialect that this kernel does not have, with what to do instead.</summary>
internal static class RefusedMagics
{
    private static readonly Dictionary<string, string> Languages = new(StringComparer.Ordinal)
    {
        ["fsharp"] = "Use an F# kernel in a notebook of its own, or write the cell in C#.",
        ["pwsh"] = "Use #!sh for shell commands, or a PowerShell kernel in a notebook of its own.",
        ["sql"] = "Query the database from C#, with Microsoft.Data.Sqlite, Microsoft.Data.SqlClient or another package.",
        ["kql"] = "Query Kusto from C#, with the package Microsoft.Azure.Kusto.Data.",
        ["python"] = "Use a Python kernel in a notebook of its own, or start python with #!sh.",
        ["r"] = "Use an R kernel in a notebook of its own, or start Rscript with #!sh.",
        ["http"] = "Use HttpClient from C#: await new HttpClient().GetStringAsync(\"https://…\").",
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["f#"] = "fsharp", ["F#"] = "fsharp", ["powershell"] = "pwsh", ["R"] = "r", ["py"] = "python",
    };

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["connect"] = "#!connect is not supported: this kernel opens no connections to other kernels. Use those kernels in notebooks of their own.",
        ["extension"] = "#!extension is not supported, as in the last .NET Interactive. Add packages with #r \"nuget: …\", and magics of your own with Kernel.Root.AddDirective.",
        ["log"] = "#!log is not supported, as in the last .NET Interactive. To see the messages that come and go, start Jupyter with --debug.",
    };

    /// <summary>Whether the name is that of another language, whose lines are no C#.</summary>
    public static bool IsLanguage(string name) => Languages.ContainsKey(Aliases.GetValueOrDefault(name, name));

    /// <summary>Why a magic is refused, and what to do; null when it is not known.</summary>
    public static string? Find(string name) =>
        Languages.TryGetValue(Aliases.GetValueOrDefault(name, name), out var advice) ? $"This kernel runs C#, not #!{name}. {advice}" : Commands.GetValueOrDefault(name);
}
