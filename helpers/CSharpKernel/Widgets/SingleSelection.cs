using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget that offers options of which one is chosen; the first one, at the beginning.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
public abstract class SingleSelection<T> : Selection<T>
{
    private readonly WidgetProperty<int?> _index;

    private protected SingleSelection(string control, IEnumerable<T> options, Func<T, string>? label, string? style = null)
        : base(control, options, label, style)
    {
        _index = Property("index", Options.Count > 0 ? 0 : null, StateCodecs.Index, index => index < Options.Count ? index : Options.Count > 0 ? 0 : null, CheckNotNegative, Labels);
        _index.Changed += _ => Changed?.Invoke(Value);
    }

    /// <summary>Another option is chosen, by the reader or by code.</summary>
    public event Action<T?>? Changed;

    /// <summary>The place of what is chosen; null for nothing.</summary>
    public int? Index { get => _index.Value; set => _index.Value = value; }

    /// <summary>What is chosen; the default of its type when nothing is.</summary>
    /// <exception cref="ArgumentException">It is set to something that is not among the options.</exception>
    public T? Value
    {
        get => Index is { } index && index < Options.Count ? Options[index] : default;
        set => Index = IndexOf(value!);
    }

    /// <summary>Waits until another option is chosen.</summary>
    /// <param name="cancellationToken">Stops waiting; so does an interrupt.</param>
    /// <returns>The option.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a reader, so no change would come.</exception>
    public async Task<T?> NextValueAsync(CancellationToken cancellationToken = default)
    {
        await WaitForReaderAsync(_index.NextAsync, cancellationToken);
        return Value;
    }

    private protected override string ValueText => Index is { } index && index < Labels.Value.Count ? Labels.Value[index] : "";

    private static void CheckNotNegative(int? index)
    {
        if (index is { } number)
            ArgumentOutOfRangeException.ThrowIfNegative(number);
    }
}
