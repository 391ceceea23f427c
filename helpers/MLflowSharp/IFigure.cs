namespace MLflowSharp;

/// <summary>A figure that can be written as files of one or several kinds. Implement it to log your own figures with <see cref="Mlflow.LogFigure"/>.</summary>
public interface IFigure
{
    /// <summary>File name extensions the figure can be written as, lower case with the dot, for instance <c>.svg</c>.</summary>
    IReadOnlyCollection<string> Extensions { get; }

    /// <summary>Writes the figure.</summary>
    /// <param name="extension">One of <see cref="Extensions"/>.</param>
    /// <param name="destination">Where to; the caller closes it.</param>
    void Write(string extension, Stream destination);
}
