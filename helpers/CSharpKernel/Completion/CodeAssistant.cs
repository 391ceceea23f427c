using CSharpKernel.Cells;
using CSharpKernel.Display;
using CSharpKernel.Execution;
using CSharpKernel.Magics;

namespace CSharpKernel.Completion;

/// <summary>Helps while a cell is written: completes words and explains names.</summary>
internal sealed class CodeAssistant(CSharpEngine engine)
{
    private readonly CodeReader _reader = new(engine.Session, engine.Folder);

    /// <summary>Completes the word at a position.</summary>
    public CompletionMatches Complete(string code, int position, CancellationToken cancellationToken)
    {
        if (CompleteMagic(code, position) is { } magics)
            return magics;
        if (PackageCompletion.Complete(code, position, () => engine.Packages.OpenNames(engine.Folder)) is { } packages)
            return packages;
        if (OnlyCode(code, position) is not { } text)
            return new CompletionMatches(position, position, []);

        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '@'))
            start--;
        var written = _reader.Read(text, cancellationToken);
        return new CompletionMatches(start, position, written.IsInsideText(position) ? [] : MatchFilter.Pick(SymbolCompletion.Find(written, start), text[start..position]));
    }

    /// <summary>Explains the name at a position.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">The cursor.</param>
    /// <param name="isDetailed">Whether all is wanted that there is to say.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when there is nothing to explain.</returns>
    public DisplayBundle? Inspect(string code, int position, bool isDetailed, CancellationToken cancellationToken) =>
        FindMagic(code, position) is { } magic ? DisplayBundle.Of(MimeTypes.Plain, $"#!{magic.Names[0]}\n\n{magic.Description}.")
        : OnlyCode(code, position) is { } text ? SymbolDescription.Find(_reader.Read(text, cancellationToken), position, isDetailed)
        : null;

    private CompletionMatches? CompleteMagic(string code, int position)
    {
        var start = StartOfLine(code, position);
        var line = code[start..position];
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return null;
        if (line.Contains(' ', StringComparison.Ordinal))
            return CompleteParameter(line, position);
        var matches = engine.Magics.All.SelectMany(magic => magic.Names.Select(name => new CompletionMatch("#!" + name, "magic", magic.Description)))
            .Where(match => match.Text.StartsWith(line, StringComparison.OrdinalIgnoreCase));
        return new CompletionMatches(start, position, [.. matches]);
    }

    private CompletionMatches? CompleteParameter(string line, int position)
    {
        var word = line[(line.LastIndexOf(' ') + 1)..];
        if (engine.Magics.All.FirstOrDefault(magic => magic.Names.Contains(line[2..].Split(' ')[0])) is not { } magic || (word.Length > 0 && !word.StartsWith('-')))
            return null;
        var given = line.Split(' ').SkipLast(1).ToHashSet(StringComparer.Ordinal);
        return new CompletionMatches(position - word.Length, position, [.. (magic.Parameters ?? [])
            .Where(parameter => parameter.Name.StartsWith(word, StringComparison.Ordinal) && !given.Contains(parameter.Name))
            .Select(parameter => new CompletionMatch(parameter.Name, "parameter", parameter.Description))]);
    }

    private Magic? FindMagic(string code, int position)
    {
        var line = code[StartOfLine(code, position)..].Split('\n')[0].Trim();
        return line.StartsWith("#!", StringComparison.Ordinal) ? engine.Magics.All.FirstOrDefault(magic => magic.Names.Contains(line[2..].Split(' ')[0])) : null;
    }

    private static int StartOfLine(string code, int position) => position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;

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
}
