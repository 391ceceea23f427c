using System.Net;
using System.Text;

namespace Tutorial.Helpers;

/// <summary>What <see cref="EnvironmentCheck.Run"/> found, shown in a notebook as a table.</summary>
/// <param name="Items">One line per thing that was looked at.</param>
public sealed record EnvironmentReport(IReadOnlyList<EnvironmentItem> Items)
{
    /// <summary>Whether all is as the course needs it.</summary>
    public bool AllPassed => Items.All(item => item.Passed);

    private string Verdict => AllPassed
        ? "Everything is ready. Enjoy the course!"
        : FormattableString.Invariant($"{Items.Count(item => !item.Passed)} of {Items.Count} checks failed: do what their lines say, then run this again.");

    /// <summary>The report as an HTML table and as text, by MIME type.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle()
    {
        var html = new StringBuilder("<table>");
        foreach (var item in Items)
        {
            html.Append("<tr><td>").Append(Sign(item)).Append("</td><td style=\"text-align:left\"><b>").Append(WebUtility.HtmlEncode(item.Name))
                .Append("</b></td><td style=\"text-align:left\">").Append(WebUtility.HtmlEncode(item.Detail)).Append("</td></tr>");
        }

        html.Append("</table><p>").Append(WebUtility.HtmlEncode(Verdict)).Append("</p>");
        return new Dictionary<string, object> { ["text/html"] = html.ToString(), ["text/plain"] = ToString() };
    }

    /// <summary>The report as lines of text.</summary>
    public override string ToString() =>
        string.Join('\n', Items.Select(item => $"{Sign(item)} {item.Name}: {item.Detail}").Append(Verdict));

    private static char Sign(EnvironmentItem item) => item.Passed ? '✓' : '✗';
}
