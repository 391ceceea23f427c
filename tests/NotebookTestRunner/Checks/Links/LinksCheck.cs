using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Links;

/// <summary>
/// Whether what a notebook's prose links to is there: headings of this and of other notebooks, files, attachments, pictures (which need an
/// alternative text). External addresses must stand in a list that is kept in version control (<c>notebook-links.txt</c>), where there is one, and
/// are asked for when <paramref name="online"/> is given.
/// </summary>
/// <param name="online">Asks for external addresses; null looks at the list only.</param>
public sealed class LinksCheck(HttpClient? online = null) : InspectionCheck
{
    /// <inheritdoc/>
    public override string Name => "links";

    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Finding>> InspectAsync(NotebookCheckContext context, CancellationToken cancellationToken)
    {
        var cells = context.Notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(MarkdownLinks.Read).ToList();
        var places = new LinkPlaces(context.Path, cells);
        var list = LinkList.Find(context.Path);
        var findings = new List<Finding>();
        foreach (var (cell, link) in cells.SelectMany(cell => cell.Links.Select(link => (cell.Cell, link))))
        {
            if (link.IsPicture && string.IsNullOrWhiteSpace(link.Text))
                findings.Add(new(Name, cell.Number, $"The picture {Short(link.Target)} has no alternative text: say what it shows, for readers who cannot see it: ![text](address)."));
            var problem = IsExternal(link.Target, out var address)
                ? await ExternalProblemAsync(address, list, cancellationToken)
                : places.Problem(cell, link.Target);
            if (problem is not null) findings.Add(new(Name, cell.Number, $"The {(link.IsPicture ? "picture" : "link")} {Short(link.Target)} {problem}"));
        }
        return findings;
    }

    private static bool IsExternal(string target, out Uri address)
    {
        if (target.StartsWith("//", StringComparison.Ordinal)) target = "https:" + target;
        return Uri.TryCreate(target, UriKind.Absolute, out address!) && address.Scheme is "http" or "https";
    }

    private async Task<string?> ExternalProblemAsync(Uri address, LinkList? list, CancellationToken cancellationToken)
    {
        // An address on the reader's own machine, such as that of a server the notebook starts, can be asked for by nobody else.
        if (address.IsLoopback) return null;
        if (list is not null && !list.Contains(address.OriginalString))
            return $"is not in {list.Path}: look whether it is right, then add it there.";
        return online is null ? null : await OnlineProblemAsync(address, online, cancellationToken);
    }

    private static async Task<string?> OnlineProblemAsync(Uri address, HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get })
            {
                using var request = new HttpRequestMessage(method, address);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode) return null;
                // Some servers do not know HEAD, or answer it differently.
                if (method == HttpMethod.Get) return $"is answered with {(int)response.StatusCode} {response.ReasonPhrase}: mend it, or link to another page.";
            }
            return null;
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"cannot be reached: {error.Message}";
        }
    }

    private static string Short(string target) => target.Length > 120 ? target[..120] + "…" : target;
}
