using System.Globalization;

namespace NotebookTestRunner.Comparison.Html;

/// <summary>Compares HTML by structure: elements in order, attributes in any order, tables cell by cell.</summary>
internal sealed class HtmlComparer
{
    /// <summary>Longer pages are compared as text.</summary>
    private const int LongestPage = 4_000_000;

    private const int MostShown = 20;

    private readonly TextComparer text;
    private readonly TextComparer figures;
    private readonly List<string> found = [];
    private readonly List<(HtmlNode Stored, HtmlNode Now)> tables = [];

    private HtmlComparer(TextComparer text, TextComparer figures) => (this.text, this.figures) = (text, figures);

    /// <summary>Compares two pages.</summary>
    /// <param name="where">Which output, for notes.</param>
    /// <param name="stored">The page as stored.</param>
    /// <param name="now">The page as it is now.</param>
    /// <param name="text">Compares what is read.</param>
    /// <param name="figures">Compares what is drawn.</param>
    /// <param name="record">What is found.</param>
    public static void Compare(string where, string stored, string now, TextComparer text, TextComparer figures, ComparisonRecord record)
    {
        if (stored == now) return;
        if (stored.Length <= LongestPage && now.Length <= LongestPage
            && HtmlReader.Read(Masked(stored, text)) is { } storedPage && HtmlReader.Read(Masked(now, text)) is { } nowPage)
        {
            var comparer = new HtmlComparer(text, figures);
            comparer.Compare(storedPage, nowPage, "", drawn: false);
            if (comparer.found.Count > 0) record.Differences.Add(new(where, comparer.Describe()));
            return;
        }
        record.Notes.Add($"{where}: compared as text, because the page is too long or nested too deep to be compared by structure");
        record.AddIfAny(where, text.Difference(stored, now));
    }

    // What an author masks may be a part of the markup.
    private static string Masked(string html, TextComparer text) =>
        text.Normalizers.Select(normalizer => normalizer.OnMarkup).OfType<Normalizer>().Aggregate(html, (page, normalizer) => normalizer.Apply(page));

    private string Describe() =>
        string.Join('\n', found.Take(MostShown)) + (found.Count > MostShown ? $"\n… and {(found.Count - MostShown).ToString(CultureInfo.InvariantCulture)} more" : "");

    private void Compare(HtmlNode stored, HtmlNode now, string path, bool drawn)
    {
        drawn |= stored.Name == "svg";
        CompareAttributes(stored, now, path, drawn);
        if (stored.Name == "table")
        {
            tables.Add((stored, now));
            new TableComparer(this, $"table {tables.Count}").Compare(stored, now);
        }
        else CompareChildren(stored.Children, now.Children, path, drawn);
    }

    /// <summary>Compares what is inside two elements, or inside parts of them.</summary>
    public void CompareChildren(List<HtmlNode> stored, List<HtmlNode> now, string path, bool drawn)
    {
        if (!stored.Select(child => child.Name).SequenceEqual(now.Select(child => child.Name)))
        {
            var (before, after) = (Outline(stored), Outline(now));
            found.Add($"{Place(path)}:\n{LineDifference.Show(before, after, text.Agree)}");
            return;
        }
        for (var i = 0; i < stored.Count; i++)
        {
            if (stored[i].Name is null) CompareText(stored[i].Text, now[i].Text, path, drawn);
            else Compare(stored[i], now[i], $"{path}{(path.Length == 0 ? "" : "/")}{stored[i].Name}{Position(stored, i)}", drawn);
        }
    }

    /// <summary>Compares attributes.</summary>
    public void CompareAttributes(HtmlNode stored, HtmlNode now, string path, bool drawn)
    {
        foreach (var name in stored.Attributes.Keys.Union(now.Attributes.Keys).Order(StringComparer.Ordinal))
        {
            var (old, fresh) = (stored.Attributes.GetValueOrDefault(name), now.Attributes.GetValueOrDefault(name));
            if (old is null || fresh is null || !Agree(old, fresh, drawn)) found.Add($"{Place(path)}, attribute {name}: stored {Quoted(old)}, now {Quoted(fresh)}");
        }
    }

    /// <summary>Notes a difference.</summary>
    public void Add(string difference) => found.Add(difference);

    /// <summary>Lines for a list of nodes, masked as they are compared.</summary>
    public string[] Outline(IEnumerable<HtmlNode> nodes) => [.. nodes.SelectMany(node => node.Outline()).Select(text.Normalize)];

    /// <summary>Whether lines agree.</summary>
    public bool AgreeAsText(string stored, string now) => text.Agree(stored, now);

    /// <summary>The text as it is compared.</summary>
    public string Normalize(string content) => text.Normalize(content);

    private void CompareText(string stored, string now, string path, bool drawn)
    {
        var comparer = drawn ? figures : text;
        if (stored == now || comparer.Agree(Seen(stored, comparer), Seen(now, comparer))) return;
        var (old, fresh) = (Seen(stored, text), Seen(now, text));
        found.Add(old.Length > 60 || fresh.Length > 60 || old.Contains('\n') || fresh.Contains('\n')
            ? $"{Place(path)}:\n{LineDifference.Show(old.Split('\n'), fresh.Split('\n'), text.Agree)}"
            : $"{Place(path)}: stored {Quoted(old)}, now {Quoted(fresh)}{Remark(old, fresh)}");
    }

    // A blank at the end of a text that was left there is seen: something follows it.
    private static string Seen(string content, TextComparer comparer) => comparer.Normalize(content) + (content.EndsWith(' ') ? " " : "");

    private bool Agree(string stored, string now, bool drawn)
    {
        if (stored == now) return true;
        var comparer = drawn ? figures : text;
        return comparer.Agree(comparer.Normalize(stored), comparer.Normalize(now));
    }

    private static string Remark(string stored, string now) =>
        NumberText.TryRead(stored) is { } old && NumberText.TryRead(now) is { } fresh ? $" ({NumberText.Change(old, fresh)})"
        : LookAlikes.Alike(stored, now) ? $" ({LookAlikes.Describe(stored, now)})"
        : "";

    private static string Place(string path) => path.Length == 0 ? "the page" : path;

    // The head and the body are not written in what notebooks show.
    private static string Position(List<HtmlNode> siblings, int i) =>
        siblings.Count(sibling => sibling.Name == siblings[i].Name) == 1 ? ""
        : $"[{siblings.Take(i + 1).Count(sibling => sibling.Name == siblings[i].Name).ToString(CultureInfo.InvariantCulture)}]";

    private static string Quoted(string? value) => value is null ? "nothing" : $"\"{WordDifference.Visible(value.Length > 120 ? value[..120] + "…" : value)}\"";
}
