using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>A widget that offers options.</summary>
/// <typeparam name="T">The type of the options; the page sees their text.</typeparam>
public abstract class Selection<T> : LabeledWidget
{
    private readonly WidgetProperty<IReadOnlyList<string>> _labels;
    private readonly Func<T, string> _label;
    private IReadOnlyList<T> _options;

    private protected Selection(string control, IEnumerable<T> options, Func<T, string>? label, string? style = null)
        : base(control, style)
    {
        ArgumentNullException.ThrowIfNull(options);
        _label = label ?? (option => Convert.ToString(option, System.Globalization.CultureInfo.InvariantCulture) ?? "");
        _options = [.. options];
        _labels = Property<IReadOnlyList<string>>("_options_labels", [.. _options.Select(_label)], StateCodecs.Texts);
    }

    /// <summary>What is offered. Setting it keeps the place of what is chosen as far as there is one.</summary>
    public IReadOnlyList<T> Options
    {
        get => _options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            IReadOnlyList<T> options = [.. value];
            IReadOnlyList<string> labels = [.. options.Select(_label)];
            lock (Gate)
                _options = options;
            _labels.Value = labels;
        }
    }

    /// <summary>How the options read on the page.</summary>
    private protected WidgetProperty<IReadOnlyList<string>> Labels => _labels;

    /// <summary>The place of an option.</summary>
    /// <exception cref="ArgumentException">It is not among the options.</exception>
    private protected int IndexOf(T option)
    {
        for (var index = 0; index < _options.Count; index++)
        {
            if (EqualityComparer<T>.Default.Equals(_options[index], option))
                return index;
        }

        throw new ArgumentException($"'{option}' is not among the options: {string.Join(", ", Labels.Value)}.", nameof(option));
    }
}
