namespace MLflowSharp.Search;

/// <summary>
/// What one kind of search may name: the same grammar with other words (https://mlflow.org/docs/latest/ml/search/). The kinds are in
/// the other files of this class. MLflow has a parser of its own for each, and the flags below are the places where they differ.
/// </summary>
internal sealed partial record SearchSchema
{
    /// <summary>What is searched, in the plural, for messages.</summary>
    public required string Things { get; init; }

    /// <summary>What may stand before the dot.</summary>
    public required Dictionary<string, SearchEntity> Entities { get; init; }

    /// <summary>Attributes of filters by every name they have.</summary>
    public required Dictionary<string, SearchAttribute> Attributes { get; init; }

    /// <summary>Keys of attributes to sort by, by every name they have.</summary>
    public required Dictionary<string, string> OrderKeys { get; init; }

    /// <summary>What else may be sorted by.</summary>
    public SearchEntity[] OrderEntities { get; init; } = [];

    /// <summary>What may be tested with IS NULL.</summary>
    public SearchEntity[] NullableEntities { get; init; } = [];

    /// <summary>Whether the word before the dot may stand in backticks.</summary>
    public bool QuotedEntities { get; init; }

    /// <summary>Whether the names of attributes may be quoted in filters.</summary>
    public bool QuotedAttributes { get; init; }

    /// <summary>Whether attributes to sort by may have their entity before them.</summary>
    public bool PrefixedOrderKeys { get; init; } = true;

    /// <summary>Whether LIKE, ILIKE and IN must be written in capitals.</summary>
    public bool CapitalComparators { get; init; }

    /// <summary>Whether a key to sort by may be named twice; the first counts.</summary>
    public bool RepeatedOrderKeys { get; init; }

    /// <summary>Whether the rules of logged models apply: values need no quotes, only single ones are taken off, only backticks quote keys.</summary>
    public bool LooseValues { get; init; }

    /// <summary>Whether the rules of traces apply: some attributes stand for tags, metadata, spans or links, and more can be compared.</summary>
    public bool IsTraces { get; init; }

    /// <summary>The tag of registered models and versions that says that they are prompts.</summary>
    public const string PromptTag = "mlflow.prompt.is_prompt";

    /// <summary>
    /// Takes the tag that tells prompts from models out of a filter of registered models or versions. Prompts are found only when the
    /// first test of that tag asks for them; otherwise they are hidden and every test of the tag is dropped, as in MLflow.
    /// </summary>
    /// <param name="clauses">The filter.</param>
    /// <returns>Whether prompts are hidden, and what remains to be tested.</returns>
    public static (bool HidePrompts, IReadOnlyList<SearchClause> Others) WithoutPrompts(IReadOnlyList<SearchClause> clauses)
    {
        var asked = clauses.FirstOrDefault(IsPromptTest) is { Value: string value } test
            && (test.Comparator == "=" && value.Equals("true", StringComparison.OrdinalIgnoreCase)
                || test.Comparator == "!=" && value.Equals("false", StringComparison.OrdinalIgnoreCase));
        return asked ? (false, clauses) : (true, [.. clauses.Where(clause => !IsPromptTest(clause))]);

        static bool IsPromptTest(SearchClause clause) => clause is { Entity: SearchEntity.Tag, Key: PromptTag };
    }

    private static Dictionary<string, SearchAttribute> Named(params SearchAttribute[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Key, StringComparer.Ordinal);
}
