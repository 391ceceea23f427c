using System.Globalization;

namespace MLflowSharp.Search;

/// <summary>
/// Reads MLflow's filters: comparisons joined by AND (https://mlflow.org/docs/latest/ml/search/search-runs/). As in MLflow,
/// a stray AND at either end is tolerated, quotes inside a text are not undoubled, and there is no OR, NOT or bracket.
/// </summary>
internal sealed class SearchParser(SearchSchema schema)
{
    private static readonly string[] TextComparators = ["=", "!=", "LIKE", "ILIKE"];
    private static readonly string[] NumberComparators = ["=", "!=", "<", "<=", ">", ">="];
    private static readonly string[] ListComparators = ["IN", "NOT IN"];
    private static readonly string[] NullComparators = ["IS NULL", "IS NOT NULL"];
    private static readonly string[] DatasetKeys = ["name", "digest", "context"];

    public IReadOnlyList<SearchClause> ParseFilter(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
            return [];
        var clauses = new List<SearchClause>();
        var rest = new List<SearchToken>();
        foreach (var token in SearchLexer.Tokenize(filter).Append(new(TokenKind.Word, "AND")))
        {
            if (!token.Is("AND"))
            {
                rest.Add(token);
            }
            else if (rest.Count > 0)
            {
                clauses.Add(ParseClause(rest, filter));
                rest.Clear();
            }
        }

        return clauses;
    }

    public IReadOnlyList<SearchOrder> ParseOrderBy(IReadOnlyList<string>? orderBy)
    {
        var orders = new List<SearchOrder>();
        foreach (var text in orderBy ?? [])
        {
            var tokens = SearchLexer.Tokenize(text);
            if (tokens.Count is < 1 or > 2 || tokens[0].Kind != TokenKind.Word)
                throw MlflowException.Invalid($"Invalid order_by clause '{text}'. Could not be parsed. Write one key per item, for instance 'metrics.accuracy DESC'.");
            if (tokens.Count == 2 && !tokens[1].Is("ASC") && !tokens[1].Is("DESC"))
                throw MlflowException.Invalid($"Invalid ordering key in order_by clause '{text}'. Use ASC or DESC.");
            var (entity, key) = ParseIdentifier(tokens[0].Text);
            key = schema.Aliases.GetValueOrDefault(key, key);
            if (entity == SearchEntity.Dataset)
                throw MlflowException.Invalid("Invalid identifier type 'dataset': runs cannot be sorted by their datasets.");
            if (entity == SearchEntity.Attribute && !schema.OrderAttributes.Contains(key))
                throw UnknownAttribute(key, schema.OrderAttributes);
            var order = new SearchOrder(entity, key, tokens.Count == 1 || tokens[1].Is("ASC"));
            if (orders.Exists(other => other.Entity == entity && other.Key == key))
                throw MlflowException.Invalid($"`order_by` contains duplicate fields: [{string.Join(", ", orderBy!.Select(item => $"'{item}'"))}]. Name each key once.");
            orders.Add(order);
        }

        return orders;
    }

    private SearchClause ParseClause(List<SearchToken> tokens, string filter)
    {
        var (comparator, valueAt) = tokens switch
        {
            [_, { Kind: TokenKind.Comparator }, _] => (tokens[1].Text, 2),
            [_, var verb, { Kind: not TokenKind.List }] when verb.Is("LIKE") || verb.Is("ILIKE") => (tokens[1].Text.ToUpperInvariant(), 2),
            [_, var verb, { Kind: TokenKind.List }] when verb.Is("IN") => ("IN", 2),
            [_, var not, var verb, { Kind: TokenKind.List }] when not.Is("NOT") && verb.Is("IN") => ("NOT IN", 3),
            [_, var verb, var nothing] when verb.Is("IS") && nothing.Is("NULL") => ("IS NULL", -1),
            [_, var verb, var not, var nothing] when verb.Is("IS") && not.Is("NOT") && nothing.Is("NULL") => ("IS NOT NULL", -1),
            _ => throw MlflowException.Invalid(
                $"Invalid clause(s) in filter string: {string.Join(", ", tokens.Select(token => $"'{token.Text}'"))}. "
                + $"Write comparisons joined by AND, for instance: metrics.accuracy > 0.9 AND params.optimizer = 'adam'. The filter was: {filter}"),
        };
        if (tokens[0].Kind != TokenKind.Word)
            throw MlflowException.Invalid($"Invalid comparison clause. Expected 'Identifier' found '{tokens[0].Text}': the name stands on the left.");

        var (entity, key) = ParseIdentifier(tokens[0].Text);
        if (entity == SearchEntity.Attribute)
            key = schema.FilterAliases.GetValueOrDefault(key, schema.Aliases.GetValueOrDefault(key, key));
        var value = valueAt < 0 ? null : tokens[valueAt];
        return new(entity, key, comparator, ParseValue(entity, key, comparator, value));
    }

    private object? ParseValue(SearchEntity entity, string key, string comparator, SearchToken? value)
    {
        switch (entity)
        {
            case SearchEntity.Metric:
                return Number(value, comparator, "metric");
            case SearchEntity.Parameter or SearchEntity.Tag:
                return value is null && schema.NullableEntities.Contains(entity)
                    ? Allowed(null, comparator, NullComparators)
                    : Text(value, comparator, TextComparators, entity == SearchEntity.Tag ? "tag" : "parameter");
            case SearchEntity.Dataset when !DatasetKeys.Contains(key):
                throw MlflowException.Invalid($"Invalid dataset key '{key}' specified. Valid keys are '{string.Join("', '", DatasetKeys)}'.");
            case SearchEntity.Dataset:
                return value?.Kind == TokenKind.List ? List(value, comparator) : Text(value, comparator, TextComparators, "dataset");
        }

        if (schema.NumericAttributes.Contains(key))
            return Number(value, comparator, $"numeric attribute: {key}");
        if (!schema.StringAttributes.Contains(key))
            throw UnknownAttribute(key, [.. schema.StringAttributes, .. schema.NumericAttributes]);
        if (value?.Kind == TokenKind.List)
        {
            return schema.ListAttributes.Contains(key)
                ? List(value, comparator)
                : throw MlflowException.Invalid(
                    $"Only ['{string.Join("', '", schema.ListAttributes)}'] attributes support comparison with a list of quoted string values.");
        }

        return Text(value, comparator, TextComparators, "attribute");
    }

    private (SearchEntity Entity, string Key) ParseIdentifier(string identifier)
    {
        // The first dot that is not inside quotes ends the entity type.
        var dot = identifier[0] is '`' or '"' or '\''
            ? identifier.IndexOf('.', Math.Max(identifier.IndexOf(identifier[0], 1), 0))
            : identifier.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return (SearchEntity.Attribute, Unquote(identifier));
        var type = Unquote(identifier[..dot]);
        return schema.Entities.TryGetValue(type, out var entity)
            ? (entity, Unquote(identifier[(dot + 1)..]))
            : throw MlflowException.Invalid(
                $"Invalid entity type '{type}'. Valid values are ['{string.Join("', '", schema.Entities.Keys)}'].");
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is '`' or '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    private static object? Allowed(object? value, string comparator, string[] comparators) =>
        comparators.Contains(comparator)
            ? value
            : throw MlflowException.Invalid($"Invalid comparator '{comparator}' not one of '{string.Join("', '", comparators)}'.");

    private static object? Number(SearchToken? value, string comparator, string what) =>
        value is { Kind: TokenKind.Number } && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Allowed(number, comparator, NumberComparators)
            : throw MlflowException.Invalid($"Expected numeric value type for {what}. Found {value?.Text ?? comparator}");

    private static object? Text(SearchToken? value, string comparator, string[] comparators, string what)
    {
        if (value is { Kind: TokenKind.Quoted })
            return Allowed(Unquote(value.Text), comparator, comparators);
        throw value is { Kind: TokenKind.Word }
            ? MlflowException.Invalid(
                $"The value of a {what} is either not quoted or has unidentified quotes: {value.Text}. Use either single or double quotes.")
            : MlflowException.Invalid($"Expected a quoted string value for {what} (e.g. 'my-value'). Got value {value?.Text ?? comparator}");
    }

    private static object? List(SearchToken list, string comparator)
    {
        if (list.Values is not { Count: > 0 } values || values.Any(value => value.Kind != TokenKind.Quoted))
            throw MlflowException.Invalid($"Expected a list of quoted string values, for instance ('a', 'b'). Got {list.Text}");
        return Allowed(values.Select(value => Unquote(value.Text)).ToList(), comparator, ListComparators);
    }

    private static MlflowException UnknownAttribute(string key, string[] valid) => MlflowException.Invalid(
        $"Invalid attribute key '{key}' specified. Valid keys are '{string.Join("', '", valid)}'. "
        + "Parameters, metrics and tags are named with their kind: params.x, metrics.x, tags.x.");
}
