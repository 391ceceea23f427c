namespace CSharpKernel.Widgets.Model;

/// <summary>Which JavaScript classes stand for a widget; those that JupyterLab and VS Code bring along.</summary>
/// <param name="Module">The JavaScript package.</param>
/// <param name="Version">The package's model version.</param>
/// <param name="Model">The class of the model.</param>
/// <param name="View">The class of the view; null when there is none.</param>
internal sealed record ModelNames(string Module, string Version, string Model, string? View)
{
    /// <summary>A control such as <c>IntSlider</c>; a few share the view of another.</summary>
    public static ModelNames Control(string name, string? view = null) => new("@jupyter-widgets/controls", "2.0.0", $"{name}Model", $"{view ?? name}View");

    /// <summary>The style of a control.</summary>
    public static ModelNames Style(string name) => new("@jupyter-widgets/controls", "2.0.0", $"{name}StyleModel", "StyleView") { ViewModule = "@jupyter-widgets/base" };

    /// <summary>The place that a widget takes.</summary>
    public static ModelNames Layout { get; } = new("@jupyter-widgets/base", "2.0.0", "LayoutModel", "LayoutView");

    /// <summary>An area for output.</summary>
    public static ModelNames Output { get; } = new("@jupyter-widgets/output", "1.0.0", "OutputModel", "OutputView");

    /// <summary>The package of the view.</summary>
    public string ViewModule { get; init; } = Module;
}
