using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Scripting;

/// <summary>
/// The empty submission that a cell fills. Its references are bound, which takes as long as the rest of what the compiler does before it
/// writes code, and stay so for all cells up to the first that declares something: that one takes this submission's place and name.
/// </summary>
internal sealed class NextSubmission
{
    private readonly CSharpCompilation _empty;
    private readonly CSharpCompilation? _previous;
    private readonly IReadOnlyCollection<MetadataReference> _references;
    private readonly string _folder;

    /// <summary>Binds the references.</summary>
    /// <param name="number">A number that no other submission has.</param>
    /// <param name="previous">What the submission is to see.</param>
    /// <param name="references">What it may use.</param>
    /// <param name="folder">The notebook's folder.</param>
    public NextSubmission(int number, CSharpCompilation? previous, IReadOnlyCollection<MetadataReference> references, string folder)
    {
        (_previous, _references, _folder) = (previous, references, folder);
        _empty = CSharpCompilation.CreateScriptCompilation(NameOf(number), null, references, ScriptSession.CreateOptions(folder, "Empty"), previous);
        ReferenceBinding.Bind(_empty);
    }

    /// <summary>Whether it is what a submission with these is to begin as.</summary>
    public bool Fits(CSharpCompilation? previous, IReadOnlyCollection<MetadataReference> references, string folder) =>
        previous == _previous && folder == _folder && references.SequenceEqual(_references);

    /// <summary>Makes a submission of it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="className">The class that the code becomes.</param>
    public CSharpCompilation Fill(SyntaxTree code, string className) => _empty.WithOptions(_empty.Options.WithScriptClassName(className)).AddSyntaxTrees(code);

    /// <summary>Gives the assembly that a submission became a name of its own, because only one of a name can be loaded.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="number">A number that no other submission has.</param>
    public static void Rename(MemoryStream image, int number)
    {
        var bytes = image.GetBuffer();
        using var file = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
        ImageNames.Overwrite(bytes, file, file.GetMetadataReader().GetAssemblyDefinition().Name, NameOf(number));
    }

    // All of one length, so that one can be written over another.
    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Submission-{number:D9}");
}
