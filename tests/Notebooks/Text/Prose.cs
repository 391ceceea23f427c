using System.Text.RegularExpressions;

namespace Notebooks.Text;

/// <summary>What a reader reads of Markdown: without code blocks, comments, addresses and the descriptions of pictures.</summary>
internal static partial class Prose
{
    /// <summary>The words of a text, of headings and tables too; a piece of code in a line counts as it is written.</summary>
    public static IEnumerable<string> Words(string markdown) => Word().Matches(Visible(markdown)).Select(match => match.Value);

    /// <summary>The words that a dictionary is to know: without code.</summary>
    public static IEnumerable<string> PlainWords(string markdown) => PlainWord().Matches(WithoutCode(Visible(markdown), "")).Select(match => match.Value.Replace('’', '\''));

    /// <summary>The sentences, each as its words; headings and tables have none. A list's entry ends one. Code in a line stands for one short word.</summary>
    public static IEnumerable<IReadOnlyList<string>> Sentences(string markdown) =>
        WithoutCode(Visible(markdown), "X").Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] is not ('#' or '|'))
            .SelectMany(line => SentenceEnd().Split(line))
            .Select(sentence => (IReadOnlyList<string>)[.. PlainWord().Matches(sentence).Select(match => match.Value)])
            .Where(words => words.Count > 0);

    /// <summary>The pictures: their descriptions and where they are.</summary>
    public static IEnumerable<(string Description, string Address)> Pictures(string markdown) => Picture().Matches(markdown).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>The links: what is written and where it leads.</summary>
    public static IEnumerable<(string Text, string Address)> Links(string markdown) => Link().Matches(markdown).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    private static string Visible(string markdown) => Tag().Replace(CodeElement().Replace(Link().Replace(Picture().Replace(Hidden().Replace(markdown, ""), ""), "$1"), "`$1`"), " ");

    private static string WithoutCode(string text, string instead) => InlineCode().Replace(text, instead);

    [GeneratedRegex("<!--.*?-->|```.*?```", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"!\[([^\]]*)\]\(([^)]*)\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"(?<!!)\[([^\]]*)\]\(([^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<code>(.*?)</code>")]
    private static partial Regex CodeElement();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[\p{L}\p{N}][\w’'.-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{L}(?:[\p{L}’']*\p{L})?")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"(?<=[.!?:;][""”’*_)]*)\s+")]
    private static partial Regex SentenceEnd();
}
