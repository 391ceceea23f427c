using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLflowSharp;

/// <summary>Makes the object that a saved function is called on. It holds no values: a function that uses some was not saved.</summary>
internal static class FunctionTarget
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Makes an object of a class that the compiler made: of a lambda, or of a notebook's cell.</summary>
    public static object Create(Type type) => ReachedCode.IsCell(type) || type.GetFields(Fields).Length > 0
        ? Empty(type, [])
        : Activator.CreateInstance(type, nonPublic: true)!;

    // A cell's code must not run again, and functions of the cells before are called on objects of theirs.
    private static object Empty(Type type, Dictionary<Type, object> made)
    {
        if (made.TryGetValue(type, out var known))
            return known;
        var target = made[type] = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(Fields).Where(field => field.Name.StartsWith('<') && IsThere(field) && ReachedCode.IsCell(field.FieldType)))
            field.SetValue(target, Empty(field.FieldType, made));
        return target;
    }

    // Cells that the function does not need did not come along.
    private static bool IsThere(FieldInfo field)
    {
        try
        {
            return field.FieldType is not null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or TypeLoadException)
        {
            return false;
        }
    }
}
