namespace CSharpKernel.Widgets;

/// <summary>Options one below the other, one of which is marked.</summary>
/// <typeparam name="T">The type of the options.</typeparam>
/// <param name="options">What is offered.</param>
/// <param name="label">How an option reads; default its text.</param>
public sealed class RadioButtons<T>(IEnumerable<T> options, Func<T, string>? label = null) : SingleSelection<T>("RadioButtons", options, label)
{
    /// <summary>Creates one that offers a few values: <c>new RadioButtons&lt;string&gt;("adam", "sgd")</c>.</summary>
    /// <param name="options">What is offered.</param>
    public RadioButtons(params T[] options)
        : this(options.AsEnumerable())
    {
    }
}
