using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Checks.Prose.Sources;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>Reads what a claim's comment says: a source, then, in any order, a tolerance and a moment.</summary>
internal static partial class ClaimGrammar
{
    private const string Help =
        "Write an expression in the notebook's language, or \"file exists\", \"file: PATH exists\", \"count: files PATTERN\", \"output of cell CELL [matches \"PATTERN\"]\", "
        + "\"metric|parameter|tag NAME of run RUN\", \"status of run RUN\", \"alias NAME of model MODEL\", \"version of model MODEL\", \"count: runs [of experiment NAME]\", "
        + "\"count: versions of model MODEL\"; behind it, if you like, \"* 100\" (not behind expressions, which calculate themselves), \"±0.3\", \"±2 %\" or \"exactly\", and \"after cell CELL\" or \"at end\".";

    /// <summary>Reads a claim.</summary>
    /// <exception cref="NotebookRunException">It is not understood.</exception>
    public static (IClaimSource Source, ClaimTolerance Tolerance, ClaimMoment Moment) Read(string words, NotebookCell cell, Notebook notebook)
    {
        var where = $"The claim \"{words}\" in cell {cell.Number}";
        var (tolerance, moment, rest) = ((ClaimTolerance?)null, (ClaimMoment?)null, words.Trim());
        while (true)
        {
            if (ToleranceAtEnd().Match(rest) is { Success: true } allowed)
            {
                if (tolerance is not null) throw Refuse("has two tolerances");
                tolerance = ReadTolerance(allowed) ?? throw Refuse("has a tolerance that is no number");
                rest = rest[..allowed.Index];
            }
            else if (MomentAtEnd().Match(rest) is { Success: true } when)
            {
                if (moment is not null) throw Refuse("names two moments");
                moment = when.Groups["cell"].Success ? new ClaimMoment(CellReference.Find(Unquoted(when.Groups["cell"].Value), notebook, where)) : new ClaimMoment(AtEnd: true);
                rest = rest[..when.Index];
            }
            else
            {
                break;
            }
        }
        rest = rest.Trim();
        if (rest.Length == 0) throw Refuse("names nothing to compare with");
        return (ReadSource(rest), tolerance ?? ClaimTolerance.AsShown, moment ?? ClaimMoment.Here);

        NotebookRunException Refuse(string why) => new($"{where} {why}. {Help}");

        IClaimSource ReadSource(string text)
        {
            if (text[0] == '=') return text[1..].Trim() is { Length: > 0 } code ? new KernelExpression(code) : throw Refuse("names nothing to compare with");
            if (Scaled().Match(text) is { Success: true } scaled && Foreign(scaled.Groups["source"].Value) is { } source)
            {
                var factor = Number(scaled.Groups["factor"].Value);
                if (factor is null or 0) throw Refuse("is multiplied by something that is no number, or by zero");
                return new ScaledSource(source, scaled.Groups["sign"].Value == "*" ? factor.Value : 1 / factor.Value);
            }
            if (Foreign(text) is { } plain) return plain;
            return Reserved().IsMatch(text) ? throw Refuse("is not understood") : new KernelExpression(text);
        }

        IClaimSource? Foreign(string text)
        {
            if (File().Match(text) is { Success: true } file) return new FileSource(file.Groups["path"].Success ? Unquoted(file.Groups["path"].Value) : null);
            if (Files().Match(text) is { Success: true } files) return new FileCount(Unquoted(files.Groups["pattern"].Value));
            if (Output().Match(text) is { Success: true } output) return new CellOutputSource(CellReference.Find(Unquoted(output.Groups["cell"].Value), notebook, where), Pattern(output.Groups["pattern"]));
            return OfRun().Match(text) is { Success: true } run ? Value(run.Groups["kind"].Value is "param" ? "parameter" : run.Groups["kind"].Value, run)
                : OfModel().Match(text) is { Success: true } model ? Value(model.Groups["kind"].Value, model)
                : Counted().Match(text) is { Success: true } counted ? Value(counted.Groups["kind"].Value, counted)
                : null;
        }

        static StoreValue Value(string kind, Match match) => new(kind, Unquoted(match.Groups["name"].Value), Unquoted(match.Groups["owner"].Value));

        Regex? Pattern(Group group)
        {
            if (!group.Success) return null;
            try
            {
                return new Regex(Unquoted(group.Value), RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(1));
            }
            catch (ArgumentException error)
            {
                throw new NotebookRunException($"{where} has a pattern that is no regular expression: {error.Message}", error);
            }
        }
    }

    private static ClaimTolerance? ReadTolerance(Match match) =>
        match.Groups["exactly"].Success ? new ClaimTolerance(Absolute: 0)
        : Number(match.Groups["value"].Value) is not { } value ? null
        : match.Groups["percent"].Success ? new ClaimTolerance(Relative: value / 100)
        : new ClaimTolerance(Absolute: value);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0 ? value : null;

    private static string Unquoted(string text) =>
        text.Length > 1 && text[0] is ('"' or '\'') && text[^1] == text[0] ? text[1..^1] : text;

    private const string Word = @"(?:""[^""]+""|'[^']+'|[^\s""']+)";

    private const string Rest = @"(?:""[^""]+""|'[^']+'|[^""']+?)";

    [GeneratedRegex(@"(?:\A|\s+)(?:(?<exactly>exactly)|(?:±|\+/?-)\s*(?<value>[^\s%±]*)\s*(?<percent>%)?)\s*\z")]
    private static partial Regex ToleranceAtEnd();

    [GeneratedRegex(@"(?:\A|\s+)(?:after cell\s+(?<cell>" + Word + @")|at end)\s*\z")]
    private static partial Regex MomentAtEnd();

    [GeneratedRegex(@"\A(?<source>.+?)\s+(?<sign>[*/])\s+(?<factor>[^\s*/]+)\z")]
    private static partial Regex Scaled();

    [GeneratedRegex(@"\A(?:file exists|file:\s*(?<path>" + Rest + @")(?:\s+exists)?)\z")]
    private static partial Regex File();

    [GeneratedRegex(@"\Acount:\s*files\s+(?<pattern>" + Rest + @")\z")]
    private static partial Regex Files();

    [GeneratedRegex(@"\Aoutput of cell\s+(?<cell>" + Word + @")(?:\s+matches\s+(?<pattern>""[^""]+""|'[^']+'|\S.*))?\z")]
    private static partial Regex Output();

    [GeneratedRegex(@"\A(?:(?<kind>metric|param|parameter|tag)\s+(?<name>" + Word + @")|(?<kind>status))\s+of run\s+(?<owner>" + Rest + @")\z")]
    private static partial Regex OfRun();

    [GeneratedRegex(@"\A(?:(?<kind>alias)\s+(?<name>" + Word + @")|(?<kind>version))\s+of model\s+(?<owner>" + Rest + @")\z")]
    private static partial Regex OfModel();

    [GeneratedRegex(@"\Acount:\s*(?:(?<kind>runs)(?:\s+of experiment\s+(?<owner>" + Rest + @"))?|(?<kind>versions)\s+of model\s+(?<owner>" + Rest + @")|(?<kind>experiments))\z")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\A(?:file:|count:|output of |(?:metric|param|parameter|tag|alias)\s+\S+\s+of |(?:status|version) of )")]
    private static partial Regex Reserved();
}
