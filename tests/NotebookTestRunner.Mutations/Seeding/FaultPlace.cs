namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>Names a fault by its code, so that it is found again after other code has changed.</summary>
/// <param name="File">The source file, relative to its project's folder.</param>
/// <param name="Member">The method or property around it.</param>
/// <param name="Kind">What is done to the code, such as <c>negate</c>.</param>
/// <param name="Nth">Which one it is of the same kind and code in the member; from 1.</param>
/// <param name="Code">The code it is done to, on one line; cut where it is long.</param>
internal sealed record FaultPlace(string File, string Member, string Kind, int Nth, string Code)
{
    /// <summary>The file's folder; "." for the project's own.</summary>
    public string Folder => File.Contains('/') ? File[..File.LastIndexOf('/')] : ".";
}
