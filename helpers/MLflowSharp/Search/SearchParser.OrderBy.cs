using System.Text;

namespace MLflowSharp.Search;

internal sealed partial class SearchParser
{
    public IReadOnlyList<SearchOrder> ParseOrderBy(IReadOnlyList<string>? orderBy)
    {
        var orders = new List<SearchOrder>();
        foreach (var text in orderBy ?? [])
            Add(orders, ParseOrder(text), text);
        return orders;
    }

    /// <summary>Reads what logged models are sorted by.</summary>
    public IReadOnlyList<SearchOrder> ParseOrderBy(IReadOnlyList<LoggedModelOrderBy>? orderBy)
    {
        var orders = new List<SearchOrder>();
        foreach (var item in orderBy ?? [])
        {
            ArgumentNullException.ThrowIfNull(item);
            var dot = item.FieldName.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                orders.Add(new(SearchEntity.Attribute, schema.OrderKeys.GetValueOrDefault(item.FieldName) ?? throw UnknownOrderKey(item.FieldName), item.Ascending));
                continue;
            }

            if (item.FieldName[..dot] != "metrics")
                throw MlflowException.Invalid($"Invalid order by field name: {item.FieldName}. Besides attributes only metrics are supported, for instance metrics.accuracy.");
            orders.Add(new(SearchEntity.Metric, item.FieldName[(dot + 1)..], item.Ascending) { DatasetName = item.DatasetName, DatasetDigest = item.DatasetDigest });
        }

        return orders;
    }

    private void Add(List<SearchOrder> orders, SearchOrder order, string text)
    {
        var twice = orders.Exists(other => other.Entity == order.Entity && other.Key == order.Key);
        if (twice && !schema.RepeatedOrderKeys)
            throw MlflowException.Invalid($"`order_by` contains duplicate fields: '{text}' sorts by {order.Key}, which came before. Name each key once.");
        if (!twice)
            orders.Add(order);
    }

    private SearchOrder ParseOrder(string text)
    {
        var tokens = SearchLexer.Tokenize(text);
        if (tokens.Count is < 1 or > 2 || !tokens[0].IsIdentifier || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            throw MlflowException.Invalid($"Invalid order_by clause '{text}'. Could not be parsed. Write one key per item, for instance 'name DESC'.");
        if (tokens.Count == 2 && !tokens[1].Is("ASC") && !tokens[1].Is("DESC"))
            throw MlflowException.Invalid($"Invalid ordering key in order_by clause '{text}'. Use ASC or DESC.");
        var ascending = tokens.Count == 1 || tokens[1].Is("ASC");
        var identifier = tokens[0].Text;
        // MLflow splits key and direction as a shell would, and a shell takes quotes off.
        if (tokens.Count == 2)
            identifier = WithoutQuotes(identifier);
        if (!schema.PrefixedOrderKeys)
            return new(SearchEntity.Attribute, schema.OrderKeys.GetValueOrDefault(identifier) ?? throw UnknownOrderKey(identifier), ascending);

        var (entity, key) = ParseIdentifier(identifier, quotedAttributes: true);
        if (schema.IsTraces && entity == SearchEntity.Attribute && TraceMeanings.TryGetValue(key, out var meaning) && meaning.Entity is SearchEntity.Tag or SearchEntity.Metadata)
            (entity, key) = meaning;
        if (entity == SearchEntity.Attribute)
            return new(entity, schema.OrderKeys.GetValueOrDefault(key) ?? throw UnknownOrderKey(key), ascending);
        return schema.OrderEntities.Contains(entity)
            ? new(entity, key, ascending)
            : throw MlflowException.Invalid($"Invalid order_by entity in '{text}': {schema.Things} cannot be sorted by a {entity switch { SearchEntity.Dataset => "dataset", _ => "tag" }}.");
    }

    private static string WithoutQuotes(string identifier)
    {
        var text = new StringBuilder();
        char? inside = null;
        foreach (var c in identifier)
        {
            var quote = c == '`' ? '"' : c;
            if (quote is not ('"' or '\'') || (inside is not null && inside != quote))
                text.Append(quote);
            else
                inside = inside is null ? quote : null;
        }

        return text.ToString();
    }

    private MlflowException UnknownOrderKey(string key) => UnknownAttribute(key, schema.OrderKeys.Keys);
}
