namespace CSharpKernel.Widgets;

/// <summary>A list of which several lines are seen, to choose one option from.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
/// <param name="options">What is offered.</param>
/// <param name="label">How an option reads; default its text.</param>
public sealed class Select<T>(IEnumerable<T> options, Func<T, string>? label = null) : SingleSelection<T>("Select", options, label)
{
    /// <summary>Creates one that offers a few values: <c>new Select&lt;string&gt;("adam", "sgd")</c>.</summary>
    /// <param name="options">What is offered.</param>
    public Select(params T[] options)
        : this(options.AsEnumerable())
    {
    }
}
