using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tutorial.Helpers;

/// <summary>A lesson, and how far its reader is with it.</summary>
/// <param name="File">The notebook's file name, such as <c>02-track-a-first-run.ipynb</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Minutes">How long it takes, as it says itself; null when it does not.</param>
/// <param name="State">How far the reader is.</param>
public sealed partial record LessonProgress(string File, string Title, int? Minutes, LessonState State)
{
    // What every check of the course says to a right answer, and to no other.
    private const string Right = "Right!";

    /// <summary>The state in words.</summary>
    public string Words => State switch
    {
        LessonState.Done => "done",
        LessonState.Begun => "begun",
        LessonState.Open => "open",
        _ => "cannot be read",
    };

    /// <summary>A sign for the state, beside the words.</summary>
    internal char Sign => State switch { LessonState.Done => '✓', LessonState.Begun => '…', LessonState.Open => '–', _ => '✗' };

    /// <summary>Reads a lesson as its reader saved it; null when it has no exercise.</summary>
    /// <param name="path">The notebook.</param>
    internal static LessonProgress? Read(string path)
    {
        var file = Path.GetFileName(path);
        try
        {
            var cells = JsonNode.Parse(System.IO.File.ReadAllBytes(path))!["cells"]!.AsArray();
            var checks = cells.Where(cell => cell!["metadata"]?["tags"] is JsonArray tags && tags.Any(tag => (string?)tag == "check")).ToList();
            if (checks.Count == 0)
                return null;
            var text = string.Join('\n', cells.Where(cell => (string?)cell!["cell_type"] == "markdown").Select(cell => Text(cell!["source"])));
            var said = checks.Select(Said).ToList();
            return new(
                file,
                TitleLine().Match(text) is { Success: true } title ? title.Groups[1].Value.Trim() : file,
                TimeLine().Match(text) is { Success: true } time ? int.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture) : null,
                said.TrueForAll(words => words?.StartsWith(Right, StringComparison.Ordinal) == true) ? LessonState.Done : said.Exists(words => words is not null) ? LessonState.Begun : LessonState.Open);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException)
        {
            return new(file, file, null, LessonState.Unreadable);
        }
    }

    /// <summary>What a check's last output says; empty when that is an error; null when it was not run.</summary>
    private static string? Said(JsonNode? check) =>
        check!["outputs"] is JsonArray { Count: > 0 } outputs ? Text(outputs[^1]!["data"]?["text/plain"]).Trim() : null;

    private static string Text(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    [GeneratedRegex(@"^# (.+)$", RegexOptions.Multiline)]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"\*\*Time:\*\* (\d+) minutes")]
    private static partial Regex TimeLine();
}
