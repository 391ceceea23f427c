namespace NotebookTestRunner.Reports;

/// <summary>The report's style sheets, kept as files beside this one and embedded into the assembly.</summary>
internal static class EmbeddedStyle
{
    /// <summary>The page's own.</summary>
    public static string Page { get; } = Read("report.css");

    /// <summary>The one inside the shadow root of an HTML output.</summary>
    public static string Output { get; } = Read("output.css");

    private static string Read(string name)
    {
        using var stream = typeof(EmbeddedStyle).Assembly.GetManifestResourceStream($"NotebookTestRunner.Reports.{name}")
            ?? throw new InvalidOperationException($"The style sheet {name} is missing from the assembly: its project must embed Reports/*.css.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
