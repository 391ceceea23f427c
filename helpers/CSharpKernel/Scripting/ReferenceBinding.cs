using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// Lets compilations bind their references one at a time. The compiler keeps the symbols of a referenced file with the reference
/// and gives them to every compilation that fits. Two that bind at the same moment (the hidden first cell, the editor's services, a cell)
/// each make their own, and a later cell may be given the other set: then a type of one cell is not that type in the next.
/// </summary>
internal static class ReferenceBinding
{
    private static readonly Lock One = new();

    /// <summary>Binds a compilation's references now.</summary>
    public static void Bind(Compilation compilation)
    {
        lock (One)
            _ = compilation.Assembly;
    }
}
