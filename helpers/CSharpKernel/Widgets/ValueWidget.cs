using System.Globalization;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget with a value that the notebook and the reader can change.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public abstract class ValueWidget<T> : LabeledWidget
{
    private protected ValueWidget(string control, string? style = null, string? view = null)
        : base(control, style, view)
    {
    }

    /// <summary>The value has changed, by the reader or by code; never by setting what it is already.</summary>
    public event Action<T> Changed
    {
        add => State.Changed += value;
        remove => State.Changed -= value;
    }

    /// <summary>The value.</summary>
    public T Value { get => State.Value; set => State.Value = value; }

    /// <summary>Waits until the value changes.</summary>
    /// <param name="cancellationToken">Stops waiting; so does an interrupt.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs without a reader, so no change would come.</exception>
    public Task<T> NextValueAsync(CancellationToken cancellationToken = default) => WaitForReaderAsync(State.NextAsync, cancellationToken);

    /// <summary>Where the value is kept.</summary>
    private protected abstract WidgetProperty<T> State { get; }

    private protected override string ValueText => string.Create(CultureInfo.InvariantCulture, $"{Value}");
}
