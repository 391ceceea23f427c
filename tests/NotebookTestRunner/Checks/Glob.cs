using System.Text;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks;

/// <summary>
/// A pattern for paths with forward slashes: <c>*</c> and <c>?</c> stay in their folder, <c>**</c> goes through folders,
/// <c>{a,b}</c> is either.
/// </summary>
internal sealed class Glob
{
    private readonly Regex regex;

    /// <summary>Reads a pattern; a backslash counts as a slash, and one at the end stands for everything in the folder.</summary>
    public Glob(string pattern)
    {
        Pattern = pattern;
        var path = pattern.Replace('\\', '/');
        if (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        if (path.EndsWith('/')) path += "**";
        regex = new Regex(ToRegex(path), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Whether it can match one path only.</summary>
    public bool IsPlain => Pattern.IndexOfAny(['*', '?', '{']) < 0 && !Pattern.EndsWith('/');

    /// <summary>Whether a path matches.</summary>
    public bool Matches(string path) => regex.IsMatch(path);

    /// <inheritdoc/>
    public override string ToString() => Pattern;

    private static string ToRegex(string path)
    {
        var text = new StringBuilder(@"\A");
        var braces = 0;
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '*' when path.AsSpan(i).StartsWith("**/"):
                    text.Append("(?:[^/]+/)*");
                    i += 2;
                    break;
                case '*' when path.AsSpan(i).StartsWith("**"):
                    text.Append(".*");
                    i++;
                    break;
                case '*':
                    text.Append("[^/]*");
                    break;
                case '?':
                    text.Append("[^/]");
                    break;
                case '{' when path.IndexOf('}', i) > 0:
                    text.Append("(?:");
                    braces++;
                    break;
                case ',' when braces > 0:
                    text.Append('|');
                    break;
                case '}' when braces > 0:
                    text.Append(')');
                    braces--;
                    break;
                default:
                    text.Append(Regex.Escape(path[i].ToString()));
                    break;
            }
        }
        return text.Append(@"\z").ToString();
    }
}
