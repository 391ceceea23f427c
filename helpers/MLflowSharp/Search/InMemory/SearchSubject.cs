namespace MLflowSharp.Search.InMemory;

/// <summary>One thing that a search looks at. What it has is asked for by name, so that only what a filter names has to be read.</summary>
internal abstract class SearchSubject
{
    /// <summary>An attribute by its key in clauses: a text, a whole number, or null when there is none.</summary>
    public abstract object? Attribute(string key);

    /// <summary>What a filter compares instead of <see cref="Attribute"/>; the same for nearly all attributes.</summary>
    public virtual object? FilterAttribute(string key) => Attribute(key);

    /// <summary>Values of a metric, of which the newest is sorted by. A run has one, a logged model all that were measured.</summary>
    public virtual IEnumerable<Metric> Metrics(string key) => [];

    /// <summary>Values of a metric, one of which has to fit.</summary>
    public virtual IEnumerable<Metric> FilterMetrics(string key) => Metrics(key);

    /// <summary>A parameter's value, or null.</summary>
    public virtual string? Parameter(string key) => null;

    /// <summary>A tag's value, or null.</summary>
    public virtual string? Tag(string key) => null;

    /// <summary>Datasets it used.</summary>
    public virtual IReadOnlyList<DatasetInput> Datasets => [];
}
