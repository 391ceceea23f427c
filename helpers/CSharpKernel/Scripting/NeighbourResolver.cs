using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// Finds assemblies for <c>#r</c> lines in files brought in by <c>#load</c>, and the assemblies that a reference
/// mentions without their being referenced: those lie beside it, or belong to .NET.
/// </summary>
internal sealed class NeighbourResolver(string folder) : MetadataReferenceResolver
{
    // The compiler asks for each cell anew, and reads an assembly anew that it has not met as the same object before.
    private static readonly ConcurrentDictionary<string, PortableExecutableReference> Neighbours = new();

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var start = baseFilePath is null ? Folder : Path.GetDirectoryName(Path.GetFullPath(baseFilePath, Folder))!;
        var path = NotebookPath.Resolve(reference, start);
        return File.Exists(path) ? [FileReference.Read(path, properties)] : [];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (definition is not PortableExecutableReference { Display: { } path })
            return null;
        var neighbour = Path.Combine(Path.GetDirectoryName(path)!, referenceIdentity.Name + ".dll");
        return Path.GetDirectoryName(path) != FrameworkReferences.Directory && File.Exists(neighbour)
            ? Neighbours.GetOrAdd(neighbour, file => FileReference.Read(file))
            : FrameworkReferences.Find(referenceIdentity.Name);
    }

    public override bool Equals(object? other) => other is NeighbourResolver resolver && resolver.Folder == Folder;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Folder);

    private string Folder { get; } = folder;
}
