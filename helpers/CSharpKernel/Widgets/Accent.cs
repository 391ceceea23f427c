namespace CSharpKernel.Widgets;

/// <summary>The colours that the page's theme has for what a thing means (ipywidgets: <c>button_style</c>, <c>bar_style</c>, <c>box_style</c>).</summary>
public enum Accent
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>What is most often wanted; buttons only.</summary>
    Primary,

    /// <summary>All is well.</summary>
    Success,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Needs attention.</summary>
    Warning,

    /// <summary>Wrong, or cannot be undone.</summary>
    Danger,
}
