using System.Text.RegularExpressions;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>What a cell showed: the first group of a pattern, or one of the numbers in it.</summary>
internal sealed record CellOutputSource(NotebookCell Cell, Regex? Pattern) : IClaimSource
{
    public bool NeedsRun => true;

    public Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken) => Task.FromResult(Ask(scene, subject));

    private ClaimAnswer Ask(ClaimScene scene, ClaimSubject subject)
    {
        if (!scene.Outputs.TryGetValue(Cell.Number, out var outputs)) return ClaimAnswer.Not($"Cell {Cell.Number} was not executed before: say \"after cell {Cell.Number}\" or \"at end\".");
        var text = string.Join('\n', outputs.Select(TextOf));
        if (Pattern is not null)
        {
            return Pattern.Match(text) is { Success: true } match
                ? ClaimAnswer.Of(match.Groups[match.Groups.Count > 1 ? 1 : 0].Value)
                : ClaimAnswer.Not($"Cell {Cell.Number} shows nothing that matches \"{Pattern}\". It shows:\n{text}");
        }
        if (ShownNumber.Read(text) is not null) return ClaimAnswer.Of(text.Trim());
        if (subject.Number is not null && ShownNumber.All(text).ToList() is { Count: > 0 } numbers) return numbers is [var only] ? ClaimAnswer.Of(only) : ClaimAnswer.OneOf(numbers);
        return text.Contains(subject.Name.Text, StringComparison.Ordinal)
            ? ClaimAnswer.Of(subject.Name.Text)
            : ClaimAnswer.Not($"Cell {Cell.Number} does not show it. It shows:\n{text}");
    }

    private static string TextOf(CellOutput output) => output switch
    {
        StreamOutput stream => TerminalText.Resolve(stream.Text),
        DisplayOutput display => display.Text("text/plain") ?? "",
        ErrorOutput error => $"{error.Name}: {error.Value}",
        _ => "",
    };
}
