using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A list to choose any number of options from; none, at the beginning.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
public sealed class SelectMultiple<T> : Selection<T>
{
    private readonly WidgetProperty<IReadOnlyList<int>> _indices;

    /// <summary>Creates one.</summary>
    /// <param name="options">What is offered.</param>
    /// <param name="label">How an option reads; default its text.</param>
    public SelectMultiple(IEnumerable<T> options, Func<T, string>? label = null)
        : base("SelectMultiple", options, label)
    {
        _indices = Property<IReadOnlyList<int>>("index", [], StateCodecs.Indices, Existing, dependsOn: Labels);
        _indices.Changed += _ => Changed?.Invoke(Value);
    }

    /// <summary>Creates one that offers a few values.</summary>
    /// <param name="options">What is offered.</param>
    public SelectMultiple(params T[] options)
        : this(options.AsEnumerable())
    {
    }

    /// <summary>Other options are chosen, by the reader or by code.</summary>
    public event Action<IReadOnlyList<T>>? Changed;

    /// <summary>The places of what is chosen.</summary>
    public IReadOnlyList<int> Indices { get => _indices.Value; set => _indices.Value = [.. value]; }

    /// <summary>What is chosen.</summary>
    /// <exception cref="ArgumentException">It is set to something that is not among the options.</exception>
    public IReadOnlyList<T> Value
    {
        get
        {
            var options = Options;
            return [.. Indices.Where(index => index < options.Count).Select(index => options[index])];
        }

        set => Indices = [.. value.Select(IndexOf)];
    }

    /// <summary>Waits until other options are chosen.</summary>
    /// <param name="cancellationToken">Stops waiting; so does an interrupt.</param>
    /// <returns>What is chosen.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a reader, so no change would come.</exception>
    public async Task<IReadOnlyList<T>> NextValueAsync(CancellationToken cancellationToken = default)
    {
        await WaitForReaderAsync(_indices.NextAsync, cancellationToken);
        return Value;
    }

    private protected override string ValueText => string.Join(", ", Indices.Where(index => index < Labels.Value.Count).Select(index => Labels.Value[index]));

    private IReadOnlyList<int> Existing(IReadOnlyList<int> indices) => [.. indices.Where(index => index >= 0 && index < Options.Count).Distinct()];
}
