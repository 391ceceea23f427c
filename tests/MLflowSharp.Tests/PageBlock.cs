namespace MLflowSharp.Tests;

/// <summary>A part of a page under <c>docs</c> that a test writes: what stands between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
/// <param name="page">The page's name in <c>docs</c>, without <c>.md</c>.</param>
/// <param name="block">The part's name.</param>
public sealed class PageBlock(string page, string block)
{
    // Tests that run at the same time write parts of the same page.
    private static readonly Lock Turn = new();

    private readonly string _path = Path.Combine(FindCheckout(), "docs", $"{page}.md");

    /// <summary>Replaces the part.</summary>
    public void Write(string content)
    {
        lock (Turn)
        {
            var (text, from, to) = Find();
            File.WriteAllText(_path, $"{text[..from]}\n{content}{text[to..]}");
        }
    }

    /// <summary>
    /// Holds the part to what was found now. With the environment variable <c>UPDATE_SERVER_PAGE=1</c> it is written instead.
    /// </summary>
    public void Holds(string content)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SERVER_PAGE") == "1")
            Write(content);
        var (text, from, to) = Find();
        Assert.True(
            text[from..to].Trim() == content.Trim(),
            $"{_path} says otherwise between <!-- {block} --> and its end. Found now (UPDATE_SERVER_PAGE=1 writes it):\n{content}");
    }

    private (string Text, int From, int To) Find()
    {
        string text;
        lock (Turn)
            text = File.ReadAllText(_path);
        var (begin, end) = ($"<!-- {block} -->", $"<!-- /{block} -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= begin.Length && to >= from, $"{_path} has no part between {begin} and {end}.");
        return (text, from, to);
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tutorial.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Tutorial.sln: run the tests from a checkout.");
        return folder.FullName;
    }
}
