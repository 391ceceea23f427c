namespace MLflowSharp.Search;

/// <summary>
/// Reads MLflow's filters: comparisons joined by AND (https://mlflow.org/docs/latest/ml/search/search-runs/). As in MLflow,
/// a stray AND at either end is tolerated, quotes inside a text are not undoubled, and there is no OR, NOT or bracket.
/// </summary>
internal sealed partial class SearchParser(SearchSchema schema)
{
    private static readonly string[] TextComparators = ["=", "!=", "LIKE", "ILIKE"];
    private static readonly string[] ListableComparators = ["=", "!=", "LIKE", "ILIKE", "IN", "NOT IN"];
    private static readonly string[] IdentityComparators = ["=", "!=", "IN", "NOT IN"];
    private static readonly string[] NumberComparators = ["=", "!=", "<", "<=", ">", ">="];
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

    /// <summary>What of a clause is at fault: between comparisons, which have three words, only what joins or negates them.</summary>
    private static List<SearchToken> Unfit(List<SearchToken> tokens)
    {
        var joining = tokens.Where(token => token.Is("OR") || token.Is("NOT")).ToList();
        return joining.Count > 0 && (tokens.Count - joining.Count) % 3 == 0 ? joining : tokens;
    }

    private SearchClause ParseClause(List<SearchToken> tokens, string filter)
    {
        var (comparator, valueAt) = tokens switch
        {
            [_, { Kind: TokenKind.Comparator }, _] => (tokens[1].Text, 2),
            [_, var verb, _] when verb.Is("LIKE") || verb.Is("ILIKE") || schema.IsTraces && verb.Is("RLIKE") => (CaseOf(verb.Text), 2),
            [_, var verb, { Kind: TokenKind.List }] when verb.Is("IN") => (CaseOf(verb.Text), 2),
            [_, var not, var verb, { Kind: TokenKind.List }] when not.Is("NOT") && verb.Is("IN") => ("NOT IN", 3),
            [_, var verb, var nothing] when verb.Is("IS") && nothing.Is("NULL") => ("IS NULL", -1),
            [_, var verb, var not, var nothing] when verb.Is("IS") && not.Is("NOT") && nothing.Is("NULL") => ("IS NOT NULL", -1),
            _ => throw MlflowException.Invalid(
                $"Invalid clause(s) in filter string: {string.Join(", ", Unfit(tokens).Select(token => $"'{token.Text}'"))}. "
                + $"Write comparisons joined by AND, for instance: name = 'mnist' AND tags.owner LIKE 'm%'. The filter was: {filter}"),
        };
        if (!tokens[0].IsIdentifier)
            throw MlflowException.Invalid($"Invalid comparison clause. Expected 'Identifier' found '{tokens[0].Text}': the name stands on the left.");

        var value = valueAt < 0 ? null : tokens[valueAt];
        return schema.LooseValues ? ParseLoose(tokens[0].Text, comparator, value)
            : schema.IsTraces ? ParseTrace(tokens[0].Text, comparator, value)
            : ParseStrict(tokens[0].Text, comparator, value);
    }

    /// <summary>Searches of experiments know LIKE, ILIKE and IN in capitals only.</summary>
    private string CaseOf(string verb) => schema.CapitalComparators ? verb : verb.ToUpperInvariant();

    private SearchClause ParseStrict(string identifier, string comparator, SearchToken? value)
    {
        var (entity, key) = ParseIdentifier(identifier, schema.QuotedAttributes);
        if (value is null)
        {
            return schema.NullableEntities.Contains(entity)
                ? new(entity, key, Allowed(comparator, NullComparators), null)
                : throw MlflowException.Invalid($"{comparator} cannot be asked about '{identifier}' when searching {schema.Things}.");
        }

        switch (entity)
        {
            case SearchEntity.Metric:
                return new(entity, key, Allowed(comparator, NumberComparators), value.Number ?? throw NotNumber("metric", value));
            case SearchEntity.Parameter or SearchEntity.Tag:
                return new(entity, key, Allowed(comparator, TextComparators), Text(value, entity == SearchEntity.Tag ? "tag" : "parameter"));
            case SearchEntity.Dataset when !DatasetKeys.Contains(key):
                throw MlflowException.Invalid($"Invalid dataset key '{key}' specified. Valid keys are '{string.Join("', '", DatasetKeys)}'.");
            case SearchEntity.Dataset:
                return new(entity, key, Allowed(comparator, ListableComparators), TextOrList(value, comparator, "dataset"));
        }

        var attribute = schema.Attributes.GetValueOrDefault(key) ?? throw UnknownAttribute(key, schema.Attributes.Keys);
        return ParseAttribute(attribute, comparator, value);
    }

    private SearchClause ParseAttribute(SearchAttribute attribute, string comparator, SearchToken value)
    {
        var key = attribute.Key;
        var isList = value.Kind == TokenKind.List;
        if (isList && !attribute.Lists)
        {
            var listable = schema.Attributes.Values.Where(other => other.Lists).Select(other => other.Key);
            throw MlflowException.Invalid($"Only ['{string.Join("', '", listable)}'] attributes support comparison with a list of quoted string values.");
        }

        return attribute.Kind switch
        {
            SearchValueKind.Text => new(SearchEntity.Attribute, key,
                Allowed(comparator, attribute.Lists ? ListableComparators : TextComparators), TextOrList(value, comparator, "attribute")),
            SearchValueKind.Number => new(SearchEntity.Attribute, key,
                Allowed(comparator, NumberComparators), Time(value) ?? throw NotNumber($"numeric attribute: {key}", value)),
            SearchValueKind.Integer => new(SearchEntity.Attribute, key,
                Allowed(comparator, NumberComparators), value.Integer ?? throw NotInteger(key, value)),
            SearchValueKind.QuotableInteger => new(SearchEntity.Attribute, key,
                Allowed(comparator, NumberComparators), (value.Kind == TokenKind.Quoted ? SearchToken.ToInteger(Text(value, "attribute")) : value.Integer) ?? throw NotInteger(key, value)),
            _ => new(SearchEntity.Attribute, key,
                Allowed(comparator, IdentityComparators), ToIdentity(TextOrList(value, comparator, "attribute"), key, value)),
        };
    }

    /// <summary>Times are whole numbers of 64 bits; fractions and exponents are accepted, larger ones are not.</summary>
    private static double? Time(SearchToken value) =>
        value.Text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 ? value.Number : value.Integer;

    private static object ToIdentity(object textOrList, string key, SearchToken value)
    {
        return textOrList is List<string> list ? list.ConvertAll(Normal) : Normal((string)textOrList);

        // Identifiers of file stores have 18 digits, more than a double holds.
        string Normal(string text) => SearchToken.ToWholeNumber(text) is { } number
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : throw NotInteger(key, value);
    }

    private (SearchEntity Entity, string Key) ParseIdentifier(string identifier, bool quotedAttributes)
    {
        var dot = identifier.IndexOf('.', StringComparison.Ordinal);
        var entity = SearchEntity.Attribute;
        var key = identifier;
        if (dot >= 0)
        {
            var type = identifier[..dot];
            key = identifier[(dot + 1)..];
            if (!schema.Entities.TryGetValue(schema.QuotedEntities ? Unquote(type, "`") : type, out entity))
                throw UnknownEntity(type);
        }

        return (entity, entity == SearchEntity.Attribute && !quotedAttributes ? key : Unquote(Unquote(key, "'\""), "`"));
    }

    private static string Unquote(string text, string quotes) =>
        text.Length >= 2 && quotes.Contains(text[0], StringComparison.Ordinal) && text[^1] == text[0] ? text[1..^1] : text;

    private static string Allowed(string comparator, string[] comparators) => comparators.Contains(comparator)
        ? comparator
        : throw MlflowException.Invalid($"Invalid comparator '{comparator}' not one of '{string.Join("', '", comparators)}'.");

    private static string Text(SearchToken value, string what)
    {
        if (value.Kind == TokenKind.Quoted)
            return Unquote(value.Text, "'\"");
        throw value.Kind == TokenKind.Word
            ? MlflowException.Invalid($"The value of a {what} is either not quoted or has unidentified quotes: {value.Text}. Use either single or double quotes.")
            : MlflowException.Invalid($"Expected a quoted string value for {what} (e.g. 'my-value'). Got value {value.Text}");
    }

    private static object TextOrList(SearchToken value, string comparator, string what)
    {
        var listAsked = comparator is "IN" or "NOT IN";
        if (value.Kind != TokenKind.List)
            return listAsked ? throw NotList(value) : Text(value, what);
        if (!listAsked)
            throw MlflowException.Invalid($"The list {value.Text} can be compared by IN and NOT IN only, not by {comparator}.");
        return PythonTuple.Read(value.Text) is { Count: > 0 } items && items.All(item => item.Quoted)
            ? items.ConvertAll(item => item.Text)
            : throw NotList(value);
    }

    private static MlflowException NotList(SearchToken value) =>
        MlflowException.Invalid($"Expected a list of quoted string values, for instance ('a', 'b'). Got {value.Text}");

    private static MlflowException NotNumber(string what, SearchToken value) =>
        MlflowException.Invalid($"Expected numeric value type for {what}. Found {value.Text}");

    private static MlflowException NotInteger(string key, SearchToken value) =>
        MlflowException.Invalid($"Invalid value for numeric attribute '{key}': {value.Text}. Give a whole number.");

    private MlflowException UnknownEntity(string type) => MlflowException.Invalid(
        $"Invalid entity type '{type}'. Valid values are ['{string.Join("', '", schema.Entities.Keys)}'] when searching {schema.Things}.");

    private MlflowException UnknownAttribute(string key, IEnumerable<string> valid) => MlflowException.Invalid(
        $"Invalid attribute key '{key}' specified. Valid keys are '{string.Join("', '", valid)}' when searching {schema.Things}. "
        + "Parameters, metrics and tags are named with their kind: params.x, metrics.x, tags.x.");
}
