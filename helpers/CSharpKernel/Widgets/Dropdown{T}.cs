namespace CSharpKernel.Widgets;

/// <summary>A list that opens when it is pressed, to choose one option from.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
/// <param name="options">What is offered.</param>
/// <param name="label">How an option reads; default its text.</param>
public sealed class Dropdown<T>(IEnumerable<T> options, Func<T, string>? label = null) : SingleSelection<T>("Dropdown", options, label)
{
    /// <summary>Creates one that offers a few values: <c>new Dropdown&lt;string&gt;("adam", "sgd")</c>.</summary>
    /// <param name="options">What is offered.</param>
    public Dropdown(params T[] options)
        : this(options.AsEnumerable())
    {
    }
}
