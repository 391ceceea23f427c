using System.Collections;

namespace MLflowSharp;

/// <summary>Makes tensors of .NET's arrays and lists.</summary>
internal static class ArrayTensors
{
    /// <summary>A tensor of an array of any rank, or of arrays in arrays.</summary>
    public static ModelTensor Of(Array array)
    {
        var type = array.GetType().GetElementType()!;
        if (array.Rank > 1)
        {
            var flat = Array.CreateInstance(type, array.Length);
            var index = 0;
            foreach (var value in array)
                flat.SetValue(value, index++);
            return Wrap(flat, [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)]);
        }

        if (TensorTypes.Holds(type))
            return Wrap(array, [array.Length]);
        if (array.Length == 0 || Array.Exists((object?[])array, item => item is not Array))
            return OfList(array);
        var parts = array.Cast<Array>().Select(Of).ToList();
        for (var index = 1; index < parts.Count; index++)
        {
            if (!parts[index].Shape.SequenceEqual(parts[0].Shape) || parts[index].DataType != parts[0].DataType)
                throw MlflowException.Invalid($"All rows must be alike, but row 0 is {parts[0]} and row {index} is {parts[index]}.");
        }

        return Stack(parts);
    }

    /// <summary>A column of a list's values: of the type that they share, where numbers of several types become the widest of them.</summary>
    public static ModelTensor OfList(IEnumerable list)
    {
        var values = list.Cast<object?>().ToArray();
        if (values.Length > 0 && Array.TrueForAll(values, value => value is Array))
            return Of(values.Cast<Array>().ToArray());
        var types = values.OfType<object>().Select(value => value.GetType()).Distinct().ToList();
        var hasNull = Array.Exists(values, value => value is null);
        var type = types switch
        {
            [] => typeof(double),
            [var only] when !hasNull || !only.IsValueType || only == typeof(float) => only,
            _ when types.TrueForAll(IsNumber) => hasNull || types.Exists(IsFloat) ? typeof(double) : typeof(long),
            _ => throw MlflowException.Invalid($"A column must hold values of one type, but has {string.Join(", ", types.Select(found => found.Name))}{(hasNull ? " and nulls" : "")}."),
        };
        var column = Array.CreateInstance(type, values.Length);
        for (var index = 0; index < values.Length; index++)
        {
            var value = values[index] ?? (type == typeof(double) ? double.NaN : type == typeof(float) ? float.NaN : null);
            column.SetValue(value is null || value.GetType() == type ? value : Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture), index);
        }

        return Wrap(column, [column.Length]);
    }

    /// <summary>Tensors of one type and shape, one after the other along a new first dimension.</summary>
    public static ModelTensor Stack(IReadOnlyList<ModelTensor> parts) => parts[0] switch
    {
        ModelTensor<float> => Stack<float>(parts),
        ModelTensor<double> => Stack<double>(parts),
        ModelTensor<byte> => Stack<byte>(parts),
        ModelTensor<int> => Stack<int>(parts),
        ModelTensor<long> => Stack<long>(parts),
        ModelTensor<bool> => Stack<bool>(parts),
        ModelTensor<string> => Stack<string>(parts),
        ModelTensor<sbyte> => Stack<sbyte>(parts),
        ModelTensor<short> => Stack<short>(parts),
        ModelTensor<ushort> => Stack<ushort>(parts),
        ModelTensor<uint> => Stack<uint>(parts),
        ModelTensor<ulong> => Stack<ulong>(parts),
        ModelTensor<Half> => Stack<Half>(parts),
        ModelTensor<DateTime> => Stack<DateTime>(parts),
        _ => Stack<byte[]>(parts),
    };

    private static ModelTensor<T> Stack<T>(IReadOnlyList<ModelTensor> parts)
    {
        var size = parts[0].Count;
        var values = new T[size * parts.Count];
        for (var index = 0; index < parts.Count; index++)
            parts[index].As<T>().Values.CopyTo(values.AsMemory(index * size));
        return new(values, [parts.Count, .. parts[0].Shape]);
    }

    private static ModelTensor Wrap(Array flat, long[] shape) => flat switch
    {
        // The type itself is asked for: to the runtime an array of int is one of uint, too.
        _ when flat.GetType() == typeof(float[]) => new ModelTensor<float>((float[])flat, shape),
        _ when flat.GetType() == typeof(double[]) => new ModelTensor<double>((double[])flat, shape),
        _ when flat.GetType() == typeof(byte[]) => new ModelTensor<byte>((byte[])flat, shape),
        _ when flat.GetType() == typeof(int[]) => new ModelTensor<int>((int[])flat, shape),
        _ when flat.GetType() == typeof(long[]) => new ModelTensor<long>((long[])flat, shape),
        _ when flat.GetType() == typeof(bool[]) => new ModelTensor<bool>((bool[])flat, shape),
        _ when flat.GetType() == typeof(string[]) => new ModelTensor<string>((string[])flat, shape),
        _ when flat.GetType() == typeof(sbyte[]) => new ModelTensor<sbyte>((sbyte[])flat, shape),
        _ when flat.GetType() == typeof(short[]) => new ModelTensor<short>((short[])flat, shape),
        _ when flat.GetType() == typeof(ushort[]) => new ModelTensor<ushort>((ushort[])flat, shape),
        _ when flat.GetType() == typeof(uint[]) => new ModelTensor<uint>((uint[])flat, shape),
        _ when flat.GetType() == typeof(ulong[]) => new ModelTensor<ulong>((ulong[])flat, shape),
        _ when flat.GetType() == typeof(Half[]) => new ModelTensor<Half>((Half[])flat, shape),
        _ when flat.GetType() == typeof(DateTime[]) => new ModelTensor<DateTime>((DateTime[])flat, shape),
        byte[][] binary => new ModelTensor<byte[]>(binary, shape),
        _ => throw MlflowException.Invalid($"A model's data cannot hold values of type {flat.GetType().GetElementType()!.Name}. Use numbers, texts, truth values or times."),
    };

    private static bool IsNumber(Type type) => TensorTypes.Holds(type) && TensorTypes.NameOf(type) is var name && (TensorTypes.IsWhole(name) || TensorTypes.IsFloat(name)) && type != typeof(Half);

    private static bool IsFloat(Type type) => type == typeof(float) || type == typeof(double);
}
