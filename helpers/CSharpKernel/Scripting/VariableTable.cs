using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting;

/// <summary>The variables that cells declared, the newest of each name.</summary>
internal sealed class VariableTable
{
    private readonly Dictionary<string, (object Instance, FieldInfo Field)> _variables = new(StringComparer.Ordinal);

    /// <summary>Names, types and values, in the order of the names.</summary>
    public IReadOnlyList<(string Name, Type Type, object? Value)> Current
    {
        get
        {
            // Cells of subshells declare variables meanwhile.
            lock (_variables)
                return
                [
                    .. _variables.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                        .Select(entry => (entry.Key, entry.Value.Field.FieldType, entry.Value.Field.GetValue(entry.Value.Instance))),
                ];
        }
    }

    /// <summary>
    /// Takes in the variables of a submission before it runs. A variable declared anew starts with its former value, so
    /// that <c>var x = Fail();</c> leaves the <c>x</c> of an earlier cell as it was.
    /// </summary>
    public void Add(object instance, CSharpCompilation compilation)
    {
        foreach (var symbol in compilation.ScriptClass!.GetMembers().OfType<IFieldSymbol>())
        {
            if (symbol.IsImplicitlyDeclared || instance.GetType().GetField(symbol.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is not { } field)
                continue;
            lock (_variables)
            {
                if (_variables.TryGetValue(symbol.Name, out var former) && former.Field.FieldType == field.FieldType && IsGivenAValue(symbol))
                    field.SetValue(instance, former.Field.GetValue(former.Instance));
                _variables[symbol.Name] = (instance, field);
            }
        }
    }

    /// <summary>Gives a variable another value.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="type">The type that the variable must have; null for any that holds the value.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is such a variable.</returns>
    public bool TrySet(string name, Type? type, object? value)
    {
        lock (_variables)
        {
            if (!_variables.TryGetValue(name, out var variable) || variable.Field.IsInitOnly)
                return false;
            var holds = value is null ? !variable.Field.FieldType.IsValueType || Nullable.GetUnderlyingType(variable.Field.FieldType) is not null : variable.Field.FieldType.IsInstanceOfType(value);
            if (!holds || (type is not null && variable.Field.FieldType != type))
                return false;
            variable.Field.SetValue(variable.Instance, value);
            return true;
        }
    }

    // `int x;` without a value means zero, also when it is run again.
    private static bool IsGivenAValue(IFieldSymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null });
}
