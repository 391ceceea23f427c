namespace CSharpKernel.Widgets;

/// <summary>In which direction a widget lies.</summary>
public enum Orientation
{
    /// <summary>From left to right.</summary>
    Horizontal,

    /// <summary>From bottom to top.</summary>
    Vertical,
}
