using System.Text.Json.Nodes;

namespace CSharpKernel.Widgets.Model;

/// <summary>One entry of a widget's state, known to both sides.</summary>
/// <param name="key">Its name in the state.</param>
internal abstract class WidgetProperty(string key)
{
    /// <summary>Its name in the state.</summary>
    public string Key { get; } = key;

    /// <summary>Whether the front end does not know the value yet. Guarded by the widget's lock, as is all that follows.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Properties whose value depends on this one, as a value does on its limits.</summary>
    public List<WidgetProperty> Dependents { get; } = [];

    /// <summary>The widgets that the value refers to; the front end must know them first.</summary>
    public abstract IEnumerable<Widget> References { get; }

    /// <summary>Whether somebody wants to hear of changes.</summary>
    public abstract bool HasHandlers { get; }

    /// <summary>Writes the value.</summary>
    public abstract JsonNode? Write();

    /// <summary>Takes a value that the front end sent.</summary>
    /// <returns>False when it is refused: of a wrong type, or out of range.</returns>
    public abstract bool TryApply(JsonNode? json);

    /// <summary>Works out the value again; marks it when it has changed.</summary>
    public abstract void Settle(bool isKnown = false);

    /// <summary>Ends all waiting for a change that will not come.</summary>
    public abstract void GiveUp(Exception exception);

    /// <summary>Tells of a change that nobody was told of yet. Not within the lock: handlers may take their time.</summary>
    public abstract void Raise();
}
