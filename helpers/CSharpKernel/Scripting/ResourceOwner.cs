using System.Reflection;
using System.Runtime.ExceptionServices;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Scripting;

/// <summary>Disposes what a cell declared with <c>using</c> at its top level, the last first.</summary>
/// <param name="resources">The variables, in the order of their declaration.</param>
internal sealed class ResourceOwner(IReadOnlyList<Resource> resources)
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private object? _submission;

    /// <summary>What is wrong with the declarations: only what can be disposed may be declared so.</summary>
    public static IEnumerable<Diagnostic> Check(IReadOnlyList<Resource> resources, CSharpCompilation compilation, SyntaxTree tree)
    {
        foreach (var resource in resources)
        {
            var type = compilation.ScriptClass!.GetMembers(resource.Name).OfType<IFieldSymbol>().FirstOrDefault()?.Type;
            if (type is null or { TypeKind: TypeKind.Error or TypeKind.Dynamic } || CanBeDisposed(type, resource.IsAsync))
                continue;
            var (id, text) = resource.IsAsync
                ? ("CS8410", "'{0}': type used in an asynchronous using statement must implement 'System.IAsyncDisposable' or implement a suitable 'DisposeAsync' method.")
                : ("CS1674", "'{0}': type used in a using statement must implement 'System.IDisposable'.");
            yield return Diagnostic.Create(
                new DiagnosticDescriptor(id, id, text, "Compiler", DiagnosticSeverity.Error, isEnabledByDefault: true),
                Location.Create(tree, resource.Place), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    }

    /// <summary>Takes over the variables of a submission that is about to run.</summary>
    public void Attach(object submission)
    {
        _submission = submission;
        // What an earlier run left there is disposed already.
        foreach (var resource in resources)
            if (Field(resource) is { } field)
                field.SetValue(submission, null);
    }

    /// <summary>Disposes what the cell came to declare. All of it is disposed even when some of it fails; the last failure is thrown.</summary>
    public Task DisposeAsync()
    {
        // Not an async method as long as nothing is awaited: that would hide from the next cell what a Dispose does to ambient values.
        var index = resources.Count - 1;
        Exception? failure = null;
        for (; index >= 0 && !resources[index].IsAsync; index--)
        {
            try
            {
                if (ValueOf(resources[index]) is IDisposable value)
                    value.Dispose();
            }
            catch (Exception e)
            {
                // A using statement, too, goes on with the next and throws what came last.
                failure = e;
            }
        }

        return index >= 0 ? DisposeRestAsync(index, failure) : failure is null ? Task.CompletedTask : Task.FromException(failure);
    }

    private async Task DisposeRestAsync(int index, Exception? failure)
    {
        for (; index >= 0; index--)
        {
            try
            {
                var value = ValueOf(resources[index]);
                if (resources[index].IsAsync && value is IAsyncDisposable asynchronous)
                    await asynchronous.DisposeAsync();
                else if (resources[index].IsAsync && value?.GetType().GetMethod(nameof(IAsyncDisposable.DisposeAsync), Members, []) is { } method)
                    await (dynamic)method.Invoke(value, null)!;
                else if (!resources[index].IsAsync && value is IDisposable synchronous)
                    synchronous.Dispose();
            }
            catch (Exception e)
            {
                failure = e;
            }
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    // A structure still in its first state was never declared.
    private object? ValueOf(Resource resource) =>
        _submission is null || Field(resource)?.GetValue(_submission) is not { } value
            || (value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType()))) ? null : value;

    private FieldInfo? Field(Resource resource) => _submission!.GetType().GetField(resource.Name, Members);

    private static bool CanBeDisposed(ITypeSymbol type, bool isAsync)
    {
        var wanted = isAsync ? "System.IAsyncDisposable" : "System.IDisposable";
        return type.AllInterfaces.Append(type).Any(each => each.ToDisplayString() == wanted)
            || type is ITypeParameterSymbol
            || (isAsync && type.GetMembers(nameof(IAsyncDisposable.DisposeAsync)).OfType<IMethodSymbol>().Any(method => method.Parameters.IsEmpty));
    }
}
