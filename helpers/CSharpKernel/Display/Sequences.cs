using System.Collections;
using System.Reflection;

namespace CSharpKernel.Display;

/// <summary>Sees as sequences what can be gone through item by item, and is not a value of its own.</summary>
internal static class Sequences
{
    /// <summary>Reads a value as a sequence.</summary>
    /// <returns>Null when the value is something else.</returns>
    public static IEnumerable? TryRead(object value)
    {
        var type = value.GetType();
        if (IsMemory(type))
            return (Array)type.GetMethod("ToArray", BindingFlags.Public | BindingFlags.Instance, [])!.Invoke(value, [])!;
        if (value is Array { Rank: > 2 } array)
            return Slices(array);
        return value is IEnumerable sequence && !ObjectShape.Of(type).HasOwnText ? sequence : null;
    }

    /// <summary>Whether values of a type are pieces of memory.</summary>
    public static bool IsMemory(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition && (definition == typeof(Memory<>) || definition == typeof(ReadOnlyMemory<>));

    // An array of three or more dimensions is shown as the list of what its first one holds.
    private static IEnumerable<Array> Slices(Array array)
    {
        var lengths = Enumerable.Range(1, array.Rank - 1).Select(array.GetLength).ToArray();
        for (var index = 0; index < array.GetLength(0); index++)
        {
            var slice = Array.CreateInstance(array.GetType().GetElementType()!, lengths);
            Copy(array, slice, [index, .. new int[lengths.Length]], 0);
            yield return slice;
        }
    }

    private static void Copy(Array from, Array to, int[] position, int dimension)
    {
        if (dimension == to.Rank)
        {
            var source = position.Select((index, at) => index + from.GetLowerBound(at)).ToArray();
            to.SetValue(from.GetValue(source), position[1..]);
            return;
        }

        for (var index = 0; index < to.GetLength(dimension); index++)
        {
            position[dimension + 1] = index;
            Copy(from, to, position, dimension + 1);
        }
    }
}
