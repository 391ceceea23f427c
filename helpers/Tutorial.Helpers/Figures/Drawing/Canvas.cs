namespace Tutorial.Helpers.Drawing;

/// <summary>A picture as a list of shapes, written as SVG or PNG by one of the two renderers.</summary>
internal sealed class Canvas(double width, double height, string title, string description)
{
    private readonly List<Shape> _shapes = [];

    public double Width { get; } = width;

    public double Height { get; } = height;

    public string Title { get; } = title;

    public string Description { get; } = description;

    public IReadOnlyList<Shape> Shapes => _shapes;

    public Canvas Add(Shape shape)
    {
        _shapes.Add(shape);
        return this;
    }
}
