using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Comparing;

/// <summary>Values of several runs side by side, with the rows marked in which they differ.</summary>
/// <param name="names">Headings of the columns.</param>
/// <param name="onlyDifferent">Whether rows in which all are the same are left out.</param>
internal sealed class DifferenceTable(IReadOnlyList<Html> names, bool onlyDifferent)
{
    public DifferenceTable(IReadOnlyList<string> names, bool onlyDifferent)
        : this([.. names.Select(name => (Html)$"{name}")], onlyDifferent)
    {
    }

    /// <summary>Writes the table.</summary>
    /// <param name="heading">What it is called.</param>
    /// <param name="values">The values of each column by key.</param>
    /// <param name="link">Address of a key; null for none.</param>
    public Html Render(string heading, IReadOnlyList<IReadOnlyDictionary<string, string>> values, Func<string, string>? link = null)
    {
        var id = heading.ToLowerInvariant();
        var rows = values.SelectMany(map => map.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => (Key: key, Cells: values.Select(map => map.GetValueOrDefault(key)).ToList()))
            .Select(row => (row.Key, row.Cells, Differs: row.Cells.Distinct().Count() > 1))
            .Where(row => row.Differs || !onlyDifferent).ToList();
        return $"""
            <section aria-labelledby="{id}"><h2 id="{id}">{heading}</h2>
            {(rows.Count == 0 ? $"<p class=\"empty\">{(onlyDifferent ? "No differences." : "None were logged.")}</p>" : (Html)$"""
                <div class="scroll" tabindex="0" role="region" aria-label="{heading}"><table><thead><tr><th scope="col">Name</th>{names.Select(name => (Html)$"<th scope=\"col\">{name}</th>")}</tr></thead><tbody>
                {rows.Select(row => (Html)$"""
                    <tr{Html.If(row.Differs, () => $" class=\"differs\"")}><th scope="row">{(link is null ? $"{row.Key}" : (Html)$"<a href=\"{link(row.Key)}\">{row.Key}</a>")}{Html.If(row.Differs, () => $" <span class=\"mark\" title=\"differs\">≠<span class=\"hidden\"> differs</span></span>")}</th>{row.Cells.Select(cell => (Html)$"<td class=\"long\">{cell}</td>")}</tr>
                    """)}
                </tbody></table></div>
                """)}
            </section>
            """;
    }
}
