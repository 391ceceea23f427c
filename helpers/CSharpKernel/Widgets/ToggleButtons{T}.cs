namespace CSharpKernel.Widgets;

/// <summary>Buttons side by side, one of which is down.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
/// <param name="options">What is offered.</param>
/// <param name="label">How an option reads; default its text.</param>
public sealed class ToggleButtons<T>(IEnumerable<T> options, Func<T, string>? label = null) : SingleSelection<T>("ToggleButtons", options, label, "ToggleButtons")
{
    /// <summary>Creates one that offers a few values: <c>new ToggleButtons&lt;string&gt;("adam", "sgd")</c>.</summary>
    /// <param name="options">What is offered.</param>
    public ToggleButtons(params T[] options)
        : this(options.AsEnumerable())
    {
    }
}
