using System.Globalization;

namespace MLflowSharp.Search;

internal sealed partial class SearchParser
{
    /// <summary>The rules of logged models: a value need not be quoted, and double quotes belong to it.</summary>
    private SearchClause ParseLoose(string identifier, string comparator, SearchToken? value)
    {
        var dot = identifier.IndexOf('.', StringComparison.Ordinal);
        var prefixed = dot > 0 && identifier[..dot].All(char.IsAsciiLetterLower) && dot + 1 < identifier.Length;
        var entity = SearchEntity.Attribute;
        var key = identifier.Trim('`');
        if (prefixed)
        {
            entity = schema.Entities.TryGetValue(identifier[..dot], out var known) ? known : throw UnknownEntity(identifier[..dot]);
            key = identifier[(dot + 1)..].Trim('`');
        }

        var kind = entity == SearchEntity.Metric ? SearchValueKind.Number : SearchValueKind.Text;
        if (entity == SearchEntity.Attribute)
        {
            var attribute = schema.Attributes.GetValueOrDefault(prefixed ? key : identifier) ?? schema.Attributes.GetValueOrDefault(key);
            // Behind "attributes." only the names of the database are known, as in MLflow.
            if (attribute is null || (identifier != attribute.Key && key != attribute.Key && (prefixed || key != identifier)))
                throw UnknownAttribute(key, schema.Attributes.Keys);
            (key, kind) = (attribute.Key, attribute.Kind);
        }

        if (value is null)
            throw MlflowException.Invalid($"{comparator} cannot be asked about '{identifier}' when searching {schema.Things}.");
        if (kind == SearchValueKind.Number)
            return new(entity, key, Allowed(comparator, NumberComparators), LooseNumber(value) ?? throw NotNumber(identifier, value));
        return new(entity, key, Allowed(comparator, ListableComparators), LooseText(value, comparator));
    }

    private static double? LooseNumber(SearchToken value) => value.Number
        ?? (value.Kind != TokenKind.Word ? null : value.Text.ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "INFINITY" => double.PositiveInfinity,
            _ => double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        });

    private static object LooseText(SearchToken value, string comparator)
    {
        var listAsked = comparator is "IN" or "NOT IN";
        if (value.Kind == TokenKind.List != listAsked)
            throw listAsked ? NotList(value) : MlflowException.Invalid($"The list {value.Text} can be compared by IN and NOT IN only, not by {comparator}.");
        if (!listAsked)
            return value.Kind == TokenKind.Other ? throw NotList(value) : value.Text.Trim('\'');
        return PythonTuple.Read(value.Text) is { } items && (items.Count != 1 || items[0].Quoted || value.Text.Contains(',', StringComparison.Ordinal))
            ? items.ConvertAll(item => item.Text)
            : throw NotList(value);
    }
}
