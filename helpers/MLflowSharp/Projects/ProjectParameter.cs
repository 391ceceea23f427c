namespace MLflowSharp.Projects;

/// <summary>A parameter that an entry point declares.</summary>
/// <param name="Name">Its name, as in <c>-P name=value</c> and in the command's <c>{name}</c>.</param>
/// <param name="Type">What it may be.</param>
/// <param name="Default">Its value when none is given, as text; null when one must be given.</param>
public sealed record ProjectParameter(string Name, ProjectParameterType Type = ProjectParameterType.Text, string? Default = null)
{
    /// <summary>Where it is declared, such as <c>MLproject, line 5, column 7</c>; empty when it is in no file.</summary>
    public string Place { get; init; } = "";
}
