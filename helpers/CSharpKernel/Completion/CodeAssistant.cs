using CSharpKernel.Cells;
using CSharpKernel.Display;
using CSharpKernel.Execution;
using Microsoft.CodeAnalysis.Completion;

namespace CSharpKernel.Completion;

/// <summary>Helps while a cell is written: completes words and explains names.</summary>
internal sealed class CodeAssistant(CSharpEngine engine)
{
    private const int MatchLimit = 400;
    private readonly Lazy<ScriptWorkspace> _workspace = new(() => new ScriptWorkspace(engine.Session, engine.Folder));

    /// <summary>Completes the word at a position.</summary>
    public async Task<CompletionMatches> CompleteAsync(string code, int position, CancellationToken cancellationToken)
    {
        if (CompleteMagic(code, position) is { } magics)
            return magics;
        if (PackageCompletion.Complete(code, position, () => engine.Packages.OpenNames(engine.Folder)) is { } packages)
            return packages;
        if (OnlyCode(code, position) is not { } text)
            return new CompletionMatches(position, position, []);

        var document = await _workspace.Value.CreateDocumentAsync(text, cancellationToken);
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position, cancellationToken: cancellationToken);
        var start = Math.Min(list.Span.Start, position);
        var prefix = text[start..position];
        var matches = list.ItemsList
            .Where(item => !item.IsComplexTextEdit && item.FilterText.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(item => new CompletionMatch(item.DisplayText, Kind(item), item.InlineDescription))
            .DistinctBy(match => match.Text)
            .Take(MatchLimit)
            .ToList();
        return new CompletionMatches(start, position, matches);
    }

    /// <summary>Explains the name at a position.</summary>
    /// <returns>Null when there is nothing to explain.</returns>
    public async Task<DisplayBundle?> InspectAsync(string code, int position, CancellationToken cancellationToken) =>
        OnlyCode(code, position) is { } text
            ? await SymbolDescription.FindAsync(await _workspace.Value.CreateDocumentAsync(text, cancellationToken), position, cancellationToken)
            : null;

    private CompletionMatches? CompleteMagic(string code, int position)
    {
        var start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var line = code[start..position];
        if (!line.StartsWith("#!", StringComparison.Ordinal) || line.Contains(' ', StringComparison.Ordinal))
            return null;
        var matches = engine.Magics.All.SelectMany(magic => magic.Names).Select(name => "#!" + name)
            .Where(name => name.StartsWith(line, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionMatch(name, "magic", ""));
        return new CompletionMatches(start, position, [.. matches]);
    }

    // Blanks all that is no C# of the cursor's own segment, so that positions stay what they are.
    private string? OnlyCode(string code, int position)
    {
        var segments = CellSplitter.Split(code, engine.Magics.TakesText);
        var cursorLine = code.AsSpan(0, position).Count('\n');
        var index = segments.Count - 1;
        while (index > 0 && segments[index].Line > cursorLine)
            index--;
        if (segments[index].Magic is not null)
            return null;
        var kept = segments[index].Text.Split('\n');
        var lines = code.Split('\n');
        for (var line = 0; line < lines.Length; line++)
            if (line >= kept.Length || kept[line].Length != lines[line].TrimEnd('\r').Length)
                lines[line] = new string(' ', lines[line].Length);
        return string.Join('\n', lines);
    }

    private static string Kind(CompletionItem item) => item.Tags.IsEmpty ? "text" : item.Tags[0].ToLowerInvariant();
}
