namespace CSharpKernel.Widgets;

/// <summary>A slider over options in their order.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
/// <param name="options">What is offered.</param>
/// <param name="label">How an option reads; default its text.</param>
public sealed class SelectionSlider<T>(IEnumerable<T> options, Func<T, string>? label = null) : SingleSelection<T>("SelectionSlider", options, label)
{
    /// <summary>Creates one that offers a few values: <c>new SelectionSlider&lt;string&gt;("adam", "sgd")</c>.</summary>
    /// <param name="options">What is offered.</param>
    public SelectionSlider(params T[] options)
        : this(options.AsEnumerable())
    {
    }
}
