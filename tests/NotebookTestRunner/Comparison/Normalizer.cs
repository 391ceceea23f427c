using System.Text.RegularExpressions;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Masks in the text of outputs what may differ from run to run, on both sides before they are compared. Named, so that a
/// reader of a notebook can see what is not compared.
/// </summary>
public sealed partial class Normalizer
{
    /// <summary>How long a normalizer of an author's own may work on one text before it is stopped and named.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What stands for a duration; the blanks before it count as one.</summary>
    private const string DurationMask = " <duration>";

    private const string TimestampMask = "<timestamp>";

    private const string RunName = "run-name";

    private readonly Func<string, string> apply;

    /// <summary>Creates a normalizer.</summary>
    /// <param name="name">Its name, lower case with hyphens.</param>
    /// <param name="pattern">What to mask.</param>
    /// <param name="replacement">What to put there (<see cref="Regex.Replace(string, string)"/> syntax), usually a word in angle brackets.</param>
    public Normalizer(string name, Regex pattern, string replacement) : this(name, text => pattern.Replace(text, replacement))
    {
    }

    private Normalizer(string name, Func<string, string> apply) => (Name, this.apply) = (name, apply);

    /// <summary>The name, such as <c>durations</c>.</summary>
    public string Name { get; }

    /// <summary>For one of an author's own: how it masks HTML before that is parsed, as it may be about the markup. Null for others.</summary>
    internal Normalizer? OnMarkup { get; private init; }

    /// <summary>Masks every duration. By default those stay that the run cannot have measured (<see cref="MeasuredDurations"/>).</summary>
    internal static Normalizer Durations { get; } = new("durations", DurationPattern(), DurationMask);

    /// <summary>Masks every date and time. By default those dates stay that the run cannot have from its clock (<see cref="MeasuredDates"/>).</summary>
    internal static Normalizer Timestamps { get; } = new("timestamps", TimestampPattern(), TimestampMask);

    /// <summary>
    /// Those in use unless a run says otherwise, in the order they are applied: <c>ansi-colours</c>, <c>guids</c>, <c>run-ids</c>
    /// (32 hexadecimal digits), <c>addresses</c> (of memory), <c>ports</c> (of this machine), <c>local-uris</c> (of files and
    /// SQLite databases), <c>paths</c> (absolute ones), <c>timestamps</c> (also in English words), <c>rates</c> (… per second),
    /// <c>durations</c>, <c>process-ids</c> (behind the word), <c>memory</c> (how much a process took at most), <c>run-name</c> (as MLflow makes
    /// them up, behind the word run), <c>sets</c> (of texts, as Python shows them: their order changes from process to process).
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
        Timestamps,
        new("rates", Rates(), " <rate>"),
        Durations,
        new("process-ids", ProcessIds(), "${before}<process-id>"),
        new("memory", Memory(), "${before}<memory>"),
        new(RunName, NamesOfRuns(), "${before}<run-name>"),
        new("sets", text => Sets().Replace(text, InOrder)),
    ];

    /// <summary>
    /// Those a cell or the settings may ask for by name (<c>// test: normalize run-name</c>), in the order they are tried when a
    /// difference looks for one that explains it: <c>run-name</c> (names of the form that MLflow makes up, such as <c>bold-crane-112</c>, wherever they stand),
    /// <c>whitespace</c>, <c>unicode</c> (characters that look alike: blanks, dashes, quotes, composed letters), <c>thousands</c>
    /// (separators between digits), <c>case</c>, <c>numbers</c> (every number).
    /// </summary>
    public static IReadOnlyList<Normalizer> Optional { get; } =
    [
        new(RunName, RunNames(), "<run-name>"),
        new("whitespace", Whitespace(), " "),
        new("unicode", LookAlikes.Fold),
        new("thousands", Thousands(), ""),
        new("case", text => text.ToUpperInvariant()),
        new("numbers", Numbers(), "<number>"),
    ];

    /// <summary>All that come with the runner.</summary>
    internal static IReadOnlyList<Normalizer> BuiltIn { get; } = [.. Defaults, .. Optional];

    /// <summary>A normalizer of an author's own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="pattern">The regular expression. One that could take for ever is stopped after a second and named.</param>
    /// <param name="replacement">What to put there.</param>
    /// <param name="ignoreCase">Whether upper and lower case are alike.</param>
    /// <param name="where">Where it is defined, for errors.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    /// <exception cref="NotebookRunException">The pattern matches the empty text, that is everywhere.</exception>
    internal static Normalizer Create(string name, string pattern, string replacement, bool ignoreCase, string where)
    {
        var options = RegexOptions.CultureInvariant | RegexOptions.Multiline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var regex = Compile(pattern, options);
        if (regex.IsMatch(""))
            throw new NotebookRunException($"{where}: the pattern of the normalizer \"{name}\" matches the empty text, so it would mask everything: make it match one character at least.");
        return new Normalizer(name, text => Replace(text, replacement))
        {
            OnMarkup = new Normalizer(name, text => Replace(text, System.Net.WebUtility.HtmlEncode(replacement))),
        };

        string Replace(string text, string masked)
        {
            try
            {
                return regex.Replace(text, masked);
            }
            catch (RegexMatchTimeoutException)
            {
                throw new NormalizerTimeoutException(name, pattern, where);
            }
        }
    }

    /// <summary>Masks durations, but not these.</summary>
    /// <param name="data">Their texts, without blanks around.</param>
    internal static Normalizer DurationsBut(IReadOnlySet<string> data) =>
        new(Durations.Name, text => DurationPattern().Replace(text, match => data.Contains(match.Value.Trim()) ? match.Value : DurationMask));

    /// <summary>Masks dates and times, but not these dates.</summary>
    /// <param name="data">Their texts.</param>
    internal static Normalizer TimestampsBut(IReadOnlySet<string> data) =>
        new(Timestamps.Name, text => TimestampPattern().Replace(text, match => data.Contains(match.Value) ? match.Value : TimestampMask));

    /// <summary>The text with everything this normalizer masks replaced.</summary>
    public string Apply(string text) => apply(text);

    private static string InOrder(Match set) => "{" + string.Join(", ", set.Groups["member"].Captures.Select(member => member.Value).Order(StringComparer.Ordinal)) + "}";

    internal static string WithoutColours(string text) => AnsiColours().Replace(text, "");

    internal static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            // Takes time in proportion to the text whatever the pattern, but knows no look-around and no back references.
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Patience);
        }
    }

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

    private const string Weekday = "(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?";

    private const string Month = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t|tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

    private const string Clock = @"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: (?:[A-Z]{3,4}|[+-]\d{2}:?\d{2})\b)?";

    // 1 March 2026, March 1st, 2026, and Sun Mar  1 08:15:30 2026 as C's ctime has it, with and without day of the week and time of day.
    private const string InWords =
        @"\b(?:" + Weekday + ",? )?(?:" + @"\d{1,2}(?:st|nd|rd|th)? " + Month + @"\.?,? \d{4}|" + Month + @"\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?:,?(?: at)? " + Clock + @")?\b|\b"
        + Weekday + " " + Month + @" {1,2}\d{1,2} " + Clock + @" \d{4}\b";

    // ISO 8601 and its neighbours, dates alone, clock times, milliseconds since 1970, and dates in English words.
    [GeneratedRegex(InWords + @"|\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z\b| ?UTC\b|[+-]\d{2}:?\d{2}\b)?)?|\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?\b|\b1[5-9]\d{11}\b")]
    internal static partial Regex TimestampPattern();

    // A run of blanks is taken from its start, and a number has few separators: else long tables of numbers take quadratic time.
    [GeneratedRegex(@"(?<![ \t])[ \t]*(?<![\w.])(?>\d+(?:[.,]\d+){0,4}) ?[A-Za-z]{0,20}/s(?:ec|econd)?\b")]
    private static partial Regex Rates();

    [GeneratedRegex(@"(?<![ \t])[ \t]*(?<![\w.])(?:\d+ ?h(?:ours?)? ?)?(?:\d+ ?m(?:in(?:utes?)?)? ?)?(?>\d+(?:[.,]\d+){0,4}) ?(?:ns|[uµμ]s|ms|s|secs?|seconds?|milliseconds?|microseconds?|min|minutes?|h|hours?)\b")]
    internal static partial Regex DurationPattern();

    [GeneratedRegex(@"(?<before>\b(?:[Pp][Ii][Dd]|[Pp]rocess[ _-]?[Ii][Dd])[^\w\n]{1,4})\d{1,8}\b")]
    private static partial Regex ProcessIds();

    [GeneratedRegex(@"(?<before>\b(?:[Pp]eak[ _](?:memory|RSS|rss)(?: usage)?|(?:[Pp]eak |[Mm]ax(?:imum)? )?(?:RSS|[Ww]orking set|[Rr]esident set(?: size)?))[^\d\n]{1,8})\d+(?:[.,]\d+){0,4} ?(?:[kKMGT]i?)?B\b")]
    private static partial Regex Memory();

    [GeneratedRegex(@"(?<before>\b[Rr]un(?:[ _-]?[Nn]ame)?[^\w\n]{1,5})[a-z]+-[a-z]+-\d{1,3}\b")]
    private static partial Regex NamesOfRuns();

    [GeneratedRegex(@"\{(?<member>'[^'\n\\{}]*'|""[^""\n\\{}]*"")(?:, (?<member>'[^'\n\\{}]*'|""[^""\n\\{}]*""))+\}")]
    private static partial Regex Sets();

    [GeneratedRegex(@"\b[a-z]+-[a-z]+-\d{1,3}\b")]
    private static partial Regex RunNames();

    [GeneratedRegex(@"[-+]?(?<![\w.])\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<=(?<![\d.,])\d{1,3}(?:[,'_\u2019\u00a0\u202f\u2009]\d{3})*)[,'_\u2019\u00a0\u202f\u2009](?=\d{3}(?!\d))")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
