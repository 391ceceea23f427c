using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CSharpKernel.Execution;
using CSharpKernel.Magics;
using CSharpKernel.Scripting;
using JupyterProtocol;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Dialect.Values;

/// <summary>The values of all kernels of a notebook: C#'s are its variables, the others' are kept here.</summary>
internal sealed class SharedValues(CSharpEngine engine)
{
    private static readonly string[] Holders = ["value", "javascript"];

    private readonly ConcurrentDictionary<(string Kernel, string Name), object?> _values = new();

    /// <summary>The values of a kernel in the order of their names.</summary>
    public IReadOnlyList<(string Name, Type Type, object? Value)> All(string kernel) =>
        kernel == MagicRegistry.CSharp
            ? engine.Session.Variables.Current
            : [.. _values.Where(each => each.Key.Kernel == kernel).OrderBy(each => each.Key.Name, StringComparer.Ordinal).Select(each => (each.Key.Name, each.Value?.GetType() ?? typeof(object), each.Value))];

    /// <summary>Finds a value.</summary>
    public bool TryGet(string kernel, string name, out object? value)
    {
        if (kernel != MagicRegistry.CSharp)
            return _values.TryGetValue((kernel, name), out value);
        var found = engine.Session.Variables.Current.Where(variable => variable.Name == name).ToList();
        value = found.Count > 0 ? found[0].Value : null;
        return found.Count > 0;
    }

    /// <summary>What to say of a value that is not there.</summary>
    public string Missing(string kernel, string name)
    {
        var names = All(kernel).Select(each => each.Name).ToList();
        return $"Value '{name}' not found in kernel {kernel}." + (NearestName.FindSlip(name, names) is { } near ? $" Did you mean {near}?" : names.Count == 0 ? " It has no values yet." : " #!who lists them.");
    }

    /// <summary>Sets a value, and declares the variable if need be.</summary>
    /// <exception cref="MagicException">The name is no identifier, or the kernel keeps no values.</exception>
    public async Task SetAsync(CellContext cell, string kernel, string name, object? value, Type? declaredType = null)
    {
        if (kernel != MagicRegistry.CSharp)
        {
            if (!Holders.Contains(kernel))
                throw new MagicException($"The kernel {kernel} keeps no values: only csharp, {string.Join(" and ", Holders)} do. To see the value there, show it from C#, with HTML($\"…\") or display.");
            _values[(kernel, name)] = value;
            return;
        }

        if (!SyntaxFacts.IsValidIdentifier(name))
            throw new MagicException($"'{name}' cannot be the name of a C# variable: letters, digits and _ only, and no digit first.");
        var type = declaredType ?? value?.GetType() ?? typeof(object);
        if (engine.Session.Variables.TrySet(name, type, value))
            return;
        try
        {
            await DeclareAsync(cell, SourceTypeName.Of(type), name);
        }
        catch (CompilationException)
        {
            // A type that this cell's code cannot name, such as one of a package that is only loaded.
            await DeclareAsync(cell, SourceTypeName.Unnamed, name);
        }

        if (!engine.Session.Variables.TrySet(name, null, value))
        {
            await DeclareAsync(cell, SourceTypeName.Unnamed, name);
            engine.Session.Variables.TrySet(name, null, value);
        }
    }

    [SuppressMessage("Performance", "CA1822", Justification = "Runs in the engine of this notebook.")]
    private Task DeclareAsync(CellContext cell, string type, string name)
    {
        var identifier = SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
        return engine.RunTextAsync($"{type} {identifier} = default({type});", "shared value", cell);
    }
}
