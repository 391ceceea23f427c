using System.Text.RegularExpressions;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Masks in the text of outputs what may differ from run to run, on both sides before they are compared. Named, so that a
/// reader of a notebook can see what is not compared.
/// </summary>
public sealed partial class Normalizer
{
    private readonly Regex pattern;
    private readonly string replacement;

    /// <summary>Creates a normalizer.</summary>
    /// <param name="name">Its name, lower case with hyphens.</param>
    /// <param name="pattern">What to mask.</param>
    /// <param name="replacement">What to put there (<see cref="Regex.Replace(string, string)"/> syntax), usually a word in angle brackets.</param>
    public Normalizer(string name, Regex pattern, string replacement)
    {
        Name = name;
        this.pattern = pattern;
        this.replacement = replacement;
    }

    /// <summary>The name, such as <c>durations</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Those in use unless a run says otherwise, in the order they are applied: <c>ansi-colours</c>, <c>guids</c>, <c>run-ids</c>
    /// (32 hexadecimal digits), <c>addresses</c> (of memory), <c>ports</c> (of this machine), <c>local-uris</c> (of files and
    /// SQLite databases), <c>paths</c> (absolute ones), <c>timestamps</c>, <c>rates</c> (… per second), <c>durations</c>.
    /// </summary>
    public static IReadOnlyList<Normalizer> Defaults { get; } =
    [
        new("ansi-colours", AnsiColours(), ""),
        new("guids", Guids(), "<guid>"),
        new("run-ids", RunIds(), "<run-id>"),
        new("addresses", Addresses(), "<address>"),
        new("ports", Ports(), "$1:<port>"),
        new("local-uris", LocalUris(), "<uri>"),
        new("paths", UnixPaths(), "<path>"),
        new("paths", WindowsPaths(), "<path>"),
        new("timestamps", Timestamps(), "<timestamp>"),
        new("rates", Rates(), " <rate>"),
        new("durations", Durations(), " <duration>"),
    ];

    /// <summary>
    /// Those a cell may ask for by name (<c>// test: normalize run-name</c>): <c>run-name</c> (names MLflow makes up, such as
    /// <c>bold-crane-112</c>), <c>numbers</c> (every number), <c>whitespace</c>.
    /// </summary>
    public static IReadOnlyList<Normalizer> Optional { get; } =
    [
        new("run-name", RunNames(), "<run-name>"),
        new("numbers", Numbers(), "<number>"),
        new("whitespace", Whitespace(), " "),
    ];

    /// <summary>Finds an optional normalizer by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="where">Who asks, for the error.</param>
    /// <exception cref="NotebookRunException">There is none of that name.</exception>
    public static Normalizer Named(string name, string where) =>
        Optional.FirstOrDefault(normalizer => normalizer.Name == name)
        ?? throw new NotebookRunException(
            $"There is no normalizer \"{name}\", which {where} asks for: there are {string.Join(", ", Optional.Select(normalizer => normalizer.Name))}.");

    /// <summary>The text with everything this normalizer masks replaced.</summary>
    public string Apply(string text) => pattern.Replace(text, replacement);

    internal static string WithoutColours(string text) => AnsiColours().Replace(text, "");

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex AnsiColours();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9A-Za-z])")]
    private static partial Regex Guids();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])")]
    private static partial Regex RunIds();

    [GeneratedRegex(@"\b0x[0-9a-fA-F]{6,16}\b")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):\d{2,5}\b")]
    private static partial Regex Ports();

    [GeneratedRegex(@"\b(?:sqlite|file):/{2,}[^\s""'<>]+")]
    private static partial Regex LocalUris();

    // Two segments at least, and not the tail of a relative path, of a URL, or of an HTML tag.
    [GeneratedRegex(@"(?<![\w/.:<~-])(?:~|/[\w.@+~-]+)(?:/[\w.@+~-]+)+/?")]
    private static partial Regex UnixPaths();

    [GeneratedRegex(@"\b[A-Za-z]:(?:\\|/)[^\s""'<>|,;]+")]
    private static partial Regex WindowsPaths();

    // ISO 8601 and its neighbours, dates alone, clock times, and milliseconds since 1970.
    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z\b| ?UTC\b|[+-]\d{2}:?\d{2}\b)?)?|\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?\b|\b1[5-9]\d{11}\b")]
    private static partial Regex Timestamps();

    [GeneratedRegex(@"[ \t]*(?<![\w.])\d+(?:[.,]\d+)* ?[A-Za-z]*/s(?:ec|econd)?\b")]
    private static partial Regex Rates();

    [GeneratedRegex(@"[ \t]*(?<![\w.])(?:\d+ ?h(?:ours?)? ?)?(?:\d+ ?m(?:in(?:utes?)?)? ?)?\d+(?:[.,]\d+)* ?(?:ns|[uµμ]s|ms|s|secs?|seconds?|milliseconds?|microseconds?|min|minutes?|h|hours?)\b")]
    private static partial Regex Durations();

    [GeneratedRegex(@"\b[a-z]+-[a-z]+-\d{1,3}\b")]
    private static partial Regex RunNames();

    [GeneratedRegex(@"[-+]?(?<![\w.])\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
