namespace CSharpKernel.Scripting;

/// <summary>The ambient values (AsyncLocal, culture) that the last cell of a shell left for the next one.</summary>
internal sealed class AmbientValues
{
    /// <summary>The values; null before the first cell.</summary>
    public ExecutionContext? Latest { get; set; }
}
