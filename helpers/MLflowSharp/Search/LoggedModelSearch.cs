using System.Text.Json;
using MLflowSharp.Protocol;
using MLflowSharp.Validation;

namespace MLflowSharp.Search;

/// <summary>
/// A search for logged models, checked and read. Its page tokens belong to it, as MLflow's do: base64 of a JSON object with the search and the offset.
/// </summary>
internal sealed class LoggedModelSearch
{
    private readonly LoggedModelPageToken _token;
    private readonly int _maxResults;

    /// <summary>Checks a search.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE, also for a page token of another search.</exception>
    public LoggedModelSearch(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken)
    {
        RegistryRules.CheckMaxResults(maxResults, int.MaxValue);
        Datasets = datasets ?? [];
        if (Datasets.Any(dataset => string.IsNullOrEmpty(dataset.DatasetName)))
            throw MlflowException.Invalid("Each dataset that the search is restricted to needs a name: `dataset_name` in the `datasets` clause must be specified.");
        var parser = new SearchParser(SearchSchema.LoggedModels);
        Clauses = parser.ParseFilter(filter);
        Orders =
        [
            .. parser.ParseOrderBy(orderBy),
            new(SearchEntity.Attribute, "creation_timestamp_ms", Ascending: false),
            new(SearchEntity.Attribute, "model_id", Ascending: true),
        ];
        _maxResults = maxResults;
        _token = new()
        {
            ExperimentIds = experimentIds,
            FilterString = WireText.OrNull(filter),
            OrderBy = orderBy is { Count: > 0 } ? [.. orderBy.Select(LoggedModelOrderByMessage.From)] : null,
        };
        if (!string.IsNullOrEmpty(pageToken))
            Offset = OffsetOf(pageToken);
    }

    /// <summary>The filter.</summary>
    public IReadOnlyList<SearchClause> Clauses { get; }

    /// <summary>The datasets that metrics count of; none for all.</summary>
    public IReadOnlyList<LoggedModelDatasetFilter> Datasets { get; }

    /// <summary>What to sort by: after what was asked for the newest first, and the last of which tells any two apart.</summary>
    public IReadOnlyList<SearchOrder> Orders { get; }

    /// <summary>Whether only models that were measured on one of the datasets are asked for: where no clause of the filter asks for a metric.</summary>
    public bool OnlyMeasured => Datasets.Count > 0 && !Clauses.Any(clause => clause.Entity == SearchEntity.Metric);

    /// <summary>How many models the pages before this one have.</summary>
    public long Offset { get; }

    /// <summary>How many models to read: one more than a page has, to see whether there is another.</summary>
    public long Limit => _maxResults + 1L;

    /// <summary>Cuts the page out of what was read from <see cref="Offset"/> on.</summary>
    public PagedList<T> Page<T>(List<T> models)
    {
        var page = PageToken.Page(models, Offset, _maxResults);
        return page.Token is null ? page : new(page, PageToken.Encode(JsonSerializer.Serialize(
            _token with { Offset = Offset + _maxResults }, ProtocolContext.Default.LoggedModelPageToken)));
    }

    private long OffsetOf(string text)
    {
        var found = PageToken.Decode(text, json =>
            JsonSerializer.Deserialize(json, ProtocolContext.Default.LoggedModelPageToken) is { Offset: null or >= 0 } token ? token : throw new FormatException("no offset"));
        Require("experiments", string.Join(", ", found.ExperimentIds ?? []), string.Join(", ", _token.ExperimentIds!));
        Require("filter", WireText.OrNull(found.FilterString), _token.FilterString);
        Require("order", Written(found.OrderBy), Written(_token.OrderBy));
        return found.Offset ?? 0;
    }

    private static void Require(string what, string? found, string? wanted)
    {
        if (found != wanted)
        {
            throw MlflowException.Invalid(
                $"The page token belongs to a search with another {what}: '{found}', and not '{wanted}'. Ask for the next page as for the first, or begin again without a token.");
        }
    }

    private static string? Written(IReadOnlyList<LoggedModelOrderByMessage>? orders) => orders is { Count: > 0 }
        ? string.Join(", ", orders.Select(order => order.ToEntity()))
        : null;
}
