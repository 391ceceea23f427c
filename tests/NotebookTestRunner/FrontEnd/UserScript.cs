using System.Text.RegularExpressions;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.FrontEnd;

/// <summary>
/// What a simulated user does at each cell: comments <c>// user: STEP</c> among the first lines of a cell, or the lines below <c>cell ID</c> in a
/// file beside the notebook (<c>NAME.user</c>), where readers of the notebook do not see them.
/// </summary>
public sealed partial class UserScript
{
    private readonly Dictionary<int, List<UserStep>> steps;

    private UserScript(Dictionary<int, List<UserStep>> steps) => this.steps = steps;

    /// <summary>Whether there is any step.</summary>
    public bool IsEmpty => steps.Count == 0;

    /// <summary>The steps at a cell.</summary>
    public IReadOnlyList<UserStep> At(int cellNumber) => steps.GetValueOrDefault(cellNumber, []);

    /// <summary>Reads the script of a notebook.</summary>
    /// <exception cref="NotebookRunException">A step is not understood, or names a cell that is not there.</exception>
    public static UserScript Read(Notebook notebook, string notebookPath)
    {
        var steps = new Dictionary<int, List<UserStep>>();
        foreach (var cell in notebook.CodeCells)
        {
            foreach (var line in cell.Source.Split('\n').Select(line => line.Trim()).TakeWhile(line => line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || line[0] == '#'))
            {
                if (Comment().Match(line) is { Success: true } match) Add(cell, match.Groups["step"].Value, $"Cell {cell.Number} of {notebookPath}");
            }
        }
        var companion = Path.ChangeExtension(notebookPath, ".user");
        if (File.Exists(companion)) ReadCompanion(File.ReadAllLines(companion));
        return new(steps);

        void ReadCompanion(string[] lines)
        {
            NotebookCell? cell = null;
            for (var i = 0; i < lines.Length; i++)
            {
                var (line, where) = (lines[i].Trim(), $"{companion}, line {i + 1},");
                if (line.Length == 0 || line[0] == '#') continue;
                if (line.StartsWith("cell ", StringComparison.Ordinal))
                {
                    var name = line["cell ".Length..].Trim();
                    cell = notebook.CodeCells.FirstOrDefault(code => code.Id == name || code.Tags.Contains(name) || FormattableString.Invariant($"{code.Number}") == name)
                        ?? throw new NotebookRunException($"{where} names the cell {name}, and the notebook has no code cell of that id, tag or number.");
                }
                else
                {
                    Add(cell ?? throw new NotebookRunException($"{where} is a step before any \"cell ID\" line: say first at which cell it is done."), line, where);
                }
            }
        }

        void Add(NotebookCell cell, string text, string where)
        {
            if (!steps.TryGetValue(cell.Number, out var list)) steps[cell.Number] = list = [];
            list.Add(Parse(text.Trim(), where));
        }
    }

    internal static UserStep Parse(string text, string where)
    {
        (UserStepKind Kind, Regex Pattern)[] forms =
        [
            (UserStepKind.ExpectPrinted, Printed()), (UserStepKind.Answer, Answer()), (UserStepKind.Click, Click()), (UserStepKind.Set, Set()),
            (UserStepKind.Draw, Draw()), (UserStepKind.Send, Send()), (UserStepKind.Expect, Expect()),
        ];
        foreach (var (kind, pattern) in forms)
        {
            if (pattern.Match(text) is { Success: true } match)
                return new(kind, match.Groups["widget"].Value, Unquote(match.Groups["value"].Value.Trim()), text);
        }
        throw new NotebookRunException(
            $"{where} says \"{text}\", which is no step of a user: write answer TEXT, click \"NAME\", set \"NAME\" to VALUE, draw FILE on \"NAME\", send JSON to \"NAME\", "
            + "expect \"NAME\" VALUE, or expect printed TEXT.");
    }

    private static string Unquote(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    internal static bool IsStep(string line) => Comment().IsMatch(line);

    [GeneratedRegex(@"^(?://|\#)\s*user:(?<step>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex("^answer(?: (?<value>.*))?$")]
    private static partial Regex Answer();

    [GeneratedRegex("^click \"(?<widget>[^\"]+)\"$")]
    private static partial Regex Click();

    [GeneratedRegex("^set \"(?<widget>[^\"]+)\" to (?<value>.+)$")]
    private static partial Regex Set();

    [GeneratedRegex("^draw (?<value>.+?) on \"(?<widget>[^\"]+)\"$")]
    private static partial Regex Draw();

    [GeneratedRegex("^send (?<value>.+) to \"(?<widget>[^\"]+)\"$")]
    private static partial Regex Send();

    [GeneratedRegex("^expect \"(?<widget>[^\"]+)\" (?<value>.+)$")]
    private static partial Regex Expect();

    [GeneratedRegex("^expect printed (?<value>.+)$")]
    private static partial Regex Printed();
}
