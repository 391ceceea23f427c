using System.Text.RegularExpressions;

namespace MLflowSharp.Projects.Running;

/// <summary>Quotes words for the shell that runs commands: bash, or cmd on Windows.</summary>
internal static partial class ShellText
{
    /// <summary>A word that the shell reads back as it is: like Python's <c>shlex.quote</c>, whose results MLflow also logs as parameters.</summary>
    public static string Quote(string word) => OperatingSystem.IsWindows() ? QuoteForCmd(word) : QuoteForBash(word);

    /// <summary>As <see cref="Quote"/>, for bash wherever this process runs.</summary>
    public static string QuoteForBash(string word)
    {
        if (word.Length == 0)
            return "''";
        return UnsafeForBash().IsMatch(word) ? $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'" : word;
    }

    // A program on Windows splits its own command line (https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments): backslashes
    // count as such unless a quotation mark follows. cmd reads ^ before a sign as that sign.
    private static string QuoteForCmd(string word)
    {
        if (word.Length > 0 && !UnsafeForCmd().IsMatch(word))
            return word;
        var quoted = $"\"{BackslashesBeforeQuote().Replace(word, @"$1$1\""")}{new string('\\', word.Length - word.TrimEnd('\\').Length)}\"";
        return word.AsSpan().ContainsAny("\"%!") ? CmdSigns().Replace(quoted, "^$0") : quoted;
    }

    [GeneratedRegex(@"[^A-Za-z0-9_@%+=:,./\-]")]
    private static partial Regex UnsafeForBash();

    [GeneratedRegex(@"[\s""^&|<>()%!]")]
    private static partial Regex UnsafeForCmd();

    [GeneratedRegex(@"(\\*)""")]
    private static partial Regex BackslashesBeforeQuote();

    [GeneratedRegex(@"[""^&|<>()%!]")]
    private static partial Regex CmdSigns();
}
