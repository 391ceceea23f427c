using System.Reflection;
using System.Text.RegularExpressions;
using MLflowSharp;

namespace Notebooks.Text;

/// <summary>What a lesson promises its readers before it is run: short, easy to read, in the same frame as the others, and spelt right.</summary>
public sealed partial class TextTests
{
    private const int MostWords = 900;
    private const double LeastReadingEase = 70;
    private const int MostLines = 15;

    /// <summary>The last lesson has nothing after it, and is itself in short.</summary>
    private static readonly string s_last = LessonText.Names[^1];

    public static TheoryData<string> Names() => [.. LessonText.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_short(string lesson)
    {
        var words = LessonText.Read(lesson).Words;

        Assert.True(words <= MostWords, $"{lesson} has {words} words of prose, and {MostWords} is the most.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_fairly_easy_to_read(string lesson)
    {
        var ease = LessonText.Read(lesson).ReadingEase;

        Assert.True(ease >= LeastReadingEase, FormattableString.Invariant($"{lesson} has a reading ease of {ease:F0}, and {LeastReadingEase:F0} is the least. Shorten sentences, and take shorter words."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_small_cells(string lesson) =>
        Assert.Equal([], LessonText.Read(lesson).Notebook.CodeCells.Where(cell => LessonText.LinesOf(cell) > MostLines).Select(cell => $"cell {cell.Number}, {cell.FirstLine}: {LessonText.LinesOf(cell)} lines"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Describes_its_pictures(string lesson) =>
        Assert.Equal([], Prose.Pictures(LessonText.Read(lesson).Markdown).Where(picture => Prose.Words(picture.Description).Count() < 3).Select(picture => picture.Address));

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_parts_that_all_have(string lesson)
    {
        var text = LessonText.Read(lesson);
        string[] parts = ["# ", "**After this notebook you can**", "**Time:**", "**Before it:**", "## A common mistake", "## Your turn", "<details><summary>A hint</summary>", "<details><summary>A stronger hint</summary>"];
        string[] ends = lesson == s_last ? [] : ["## In short", "**Next:**"];

        Assert.Equal([], parts.Concat(ends).Where(part => !text.Markdown.Contains(part, StringComparison.Ordinal)));
        Assert.StartsWith("# ", text.Markdown, StringComparison.Ordinal);
        Assert.Contains(text.Notebook.CodeCells, cell => cell.Tags.Contains("raises-exception"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_spelt_right(string lesson)
    {
        var spelling = Spelling.Load();
        Assert.SkipWhen(spelling is null, "The word list is missing: apt-get install wbritish.");

        Assert.Equal([], Prose.PlainWords(LessonText.Read(lesson).Markdown).Distinct().Where(word => !spelling!.Knows(word)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_what_it_calls_to_MLflows_documentation(string lesson)
    {
        // Here, or in an earlier lesson. How an answer is checked is not the lesson.
        var links = LessonText.Names.TakeWhile(name => name != lesson).Append(lesson).SelectMany(name => Prose.Links(LessonText.Read(name).Markdown))
            .Where(link => link.Address.StartsWith("https://mlflow.org/docs/", StringComparison.Ordinal)).ToList();

        var missing = LessonText.Read(lesson).Notebook.CodeCells.Where(cell => !cell.Tags.Contains("check")).SelectMany(cell => Call().Matches(cell.Source)).Select(match => match.Groups["name"].Value).Distinct()
            .Where(s_functions.Contains)
            .Where(name => !links.Any(link => link.Text.Trim('`') == name || link.Address.EndsWith($".{SnakeCase(name)}", StringComparison.Ordinal)));

        Assert.Equal([], missing);
    }

    /// <summary>Prints the table; with the environment variable <c>UPDATE_LENGTHS=1</c> it is written as <c>docs/teaching/lengths.md</c>.</summary>
    [Fact]
    public void Lengths_are_told()
    {
        var table = LengthTable.Of(LessonText.Names.Select(LessonText.Read));

        TestContext.Current.TestOutputHelper!.WriteLine(table);
        if (Environment.GetEnvironmentVariable("UPDATE_LENGTHS") == "1")
            LengthTable.Write(table);
        Assert.Contains(LessonText.Names[0], table, StringComparison.Ordinal);
    }

    private static readonly HashSet<string> s_functions =
        [.. typeof(Mlflow).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => !method.IsSpecialName).Select(method => method.Name)];

    private static string SnakeCase(string name) => Capital().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex(@"\bMlflow\.(?<name>\w+)(?:<[^>]*>)?\(")]
    private static partial Regex Call();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
