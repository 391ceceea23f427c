using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>
/// The references of one compilation: those of the session, and what the code asks for besides by naming namespaces. The session gets
/// these only when the code runs: a compilation that was given up, or that failed, leaves nothing behind.
/// </summary>
internal sealed class ReferenceChoice(ReferenceSet references)
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAll;

    /// <summary>Whether all of .NET is among them.</summary>
    public bool HasFramework => _isAll || references.HasFramework;

    /// <summary>The references.</summary>
    public IReadOnlyCollection<MetadataReference> Current => _isAll ? references.WithAll(_names) : references.With(_names);

    /// <summary>Adds what has types in these namespaces.</summary>
    /// <returns>Whether there was any that was not there yet.</returns>
    public bool IncludeNamespaces(IEnumerable<string> spaces)
    {
        var count = _names.Count;
        _names.UnionWith(references.FindNew(spaces));
        return _names.Count > count;
    }

    /// <summary>Adds all of .NET.</summary>
    public void IncludeFramework() => _isAll = true;

    /// <summary>Gives the session what was chosen.</summary>
    public void Apply() => references.Accept(_names, _isAll);
}
