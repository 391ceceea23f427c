using System.Collections.Concurrent;
using System.Reflection;

namespace CSharpKernel.Display;

/// <summary>What there is to show of a type's values: its properties and fields, or a text of its own.</summary>
internal sealed class ObjectShape
{
    private static readonly ConcurrentDictionary<Type, ObjectShape> Known = new();

    private ObjectShape(Type type)
    {
        IsRecord = type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;
        var isOurs = IsRecord || TypeNames.IsAnonymous(type);
        var ownText = type.GetMethod(nameof(ToString), [])!.DeclaringType;
        // A query tells its expression, and is asked for its answer.
        HasOwnText = !isOurs && ownText != typeof(object) && ownText != typeof(ValueType) && type.GetInterface("System.Linq.IQueryable") is null;
        // Reading properties may do work and have effects: it is done for plain data, not for values that describe
        // themselves in words, nor for the runtime's own objects (types, tasks, streams), which lead everywhere.
        var isPlainData = !HasOwnText && (isOurs || !IsFromRuntime(type));
        Members = isPlainData || type.DeclaringType?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true
            ? [.. Read(type)]
            : [];
    }

    /// <summary>Names and readers of what is shown, in the order of declaration.</summary>
    public IReadOnlyList<(string Name, Func<object, object?> Read)> Members { get; }

    /// <summary>Whether the type is a record.</summary>
    public bool IsRecord { get; }

    /// <summary>Whether the type overrides <see cref="object.ToString"/> by hand.</summary>
    public bool HasOwnText { get; }

    /// <summary>The shape of a type.</summary>
    public static ObjectShape Of(Type type) => Known.GetOrAdd(type, key => new ObjectShape(key));

    /// <summary>The members that a type has beyond those of a base.</summary>
    public static IEnumerable<(string Name, Func<object, object?> Read)> OwnMembers(Type type, Type beyond) =>
        Read(type).Where(member => type.GetProperty(member.Name)?.DeclaringType is { } owner && owner != beyond && !owner.IsAssignableFrom(beyond) && !beyond.GetProperties().Any(inherited => inherited.Name == member.Name));

    private static bool IsFromRuntime(Type type) =>
        type.Assembly == typeof(object).Assembly || type.Namespace is "System" || type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true;

    private static IEnumerable<(string Name, Func<object, object?> Read)> Read(Type type)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        foreach (var property in type.GetProperties(Public).Where(property => property.CanRead && property.GetIndexParameters().Length == 0))
            if (!property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer && !property.PropertyType.IsByRef)
                yield return (property.Name, value => ReadSafely(() => property.GetValue(value)));
        foreach (var field in type.GetFields(Public).Where(field => !field.FieldType.IsPointer))
            yield return (field.Name, field.GetValue);
    }

    // A getter that throws is shown as what it throws; one bad property must not hide the others.
    private static object? ReadSafely(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            return new ThrownByGetter(inner);
        }
    }
}
