using System.Globalization;

namespace MLflowSharp;

/// <summary>
/// Values of one type in one or several dimensions, the last varying fastest: what models take and give. The first dimension counts the rows.
/// A column is a tensor of one dimension. Its values are not copied and must not be changed while a model uses them.
/// </summary>
public abstract class ModelTensor
{
    private protected ModelTensor(string dataType, long[] shape) => (DataType, Dimensions) = (dataType, shape);

    /// <summary>The type of the values under NumPy's name, such as <c>float32</c>, <c>int64</c>, <c>str</c> or <c>bool</c>.</summary>
    public string DataType { get; }

    /// <summary>The size of each dimension.</summary>
    public IReadOnlyList<long> Shape => Dimensions;

    /// <summary>The number of values.</summary>
    public abstract int Count { get; }

    internal long[] Dimensions { get; }

    /// <summary>Whether a value is missing: a null, or a float that is not a number.</summary>
    internal abstract bool HasMissing { get; }

    /// <summary>Makes a tensor of values that lie one after the other.</summary>
    /// <param name="values">The values, the last dimension varying fastest.</param>
    /// <param name="shape">The size of each dimension; none for one dimension.</param>
    /// <typeparam name="T">bool, a whole number, Half, float, double, string, byte[] or DateTime.</typeparam>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the sizes do not multiply to the number of values.</exception>
    public static ModelTensor<T> Of<T>(ReadOnlyMemory<T> values, params ReadOnlySpan<long> shape) =>
        new(values, shape.IsEmpty ? [values.Length] : shape.ToArray());

    /// <inheritdoc cref="Of{T}(ReadOnlyMemory{T}, ReadOnlySpan{long})"/>
    public static ModelTensor<T> Of<T>(T[] values, params ReadOnlySpan<long> shape) => Of(values.AsMemory(), shape);

    /// <inheritdoc cref="Of{T}(ReadOnlyMemory{T}, ReadOnlySpan{long})"/>
    public static ModelTensor<T> Of<T>(Memory<T> values, params ReadOnlySpan<long> shape) => Of((ReadOnlyMemory<T>)values, shape);

    /// <summary>Makes a tensor of an array of any rank (<c>float[,]</c>) or of arrays in arrays (<c>float[][]</c>) of equal lengths. The values are copied.</summary>
    /// <param name="array">The array.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when inner arrays differ in length, or hold what tensors cannot.</exception>
    public static ModelTensor OfArray(Array array) => ArrayTensors.Of(array);

    /// <summary>The values, when they are of this type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when they are of another type.</exception>
    public ModelTensor<T> As<T>() => this as ModelTensor<T>
        ?? throw MlflowException.Invalid($"The tensor {this} does not hold {TensorTypes.NameOf(typeof(T))}. AsType<{typeof(T).Name}>() converts numbers.");

    /// <summary>Converts numbers, as NumPy's <c>astype</c>: fractions are cut off, and what is too large becomes the largest number there is.</summary>
    /// <typeparam name="T">The type to convert to.</typeparam>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when either is not a number.</exception>
    public ModelTensor<T> AsType<T>() => this as ModelTensor<T> ?? (ModelTensor<T>)TensorCasts.Convert(this, TensorTypes.NameOf(typeof(T)));

    /// <summary>The same values in another shape.</summary>
    /// <param name="shape">The size of each dimension; one of them may be -1 and is then worked out.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the sizes do not multiply to the number of values.</exception>
    public ModelTensor Reshape(params ReadOnlySpan<long> shape)
    {
        var sizes = shape.ToArray();
        var known = 1L;
        foreach (var size in sizes)
            known *= size == -1 ? 1 : size;
        if (Array.IndexOf(sizes, -1) is >= 0 and var open && known > 0 && Count % known == 0)
            sizes[open] = Count / known;
        return WithShape(sizes);
    }

    /// <summary>Where in each row the highest value stands, counted from 0, of equal ones the first: the class that a classifier thinks most probable. As NumPy's <c>argmax(axis=1)</c>.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the values are not numbers, or rows have none.</exception>
    public int[] ArgMax() => Shape.Count == 2 && Shape[1] > 0
        ? [.. AsType<double>().ToRows().Select(row => row.Index().MaxBy(value => value.Item).Index)]
        : throw MlflowException.Invalid($"Rows of one or more numbers are needed, but this is {this}.");

    /// <summary>Such as <c>float32 (2, 784)</c>; the values are not shown.</summary>
    public override string ToString() => $"{DataType} {Text(Shape)}";

    internal abstract ModelTensor WithShape(long[] shape);

    /// <summary>Some of the rows, in the order given.</summary>
    internal abstract ModelTensor Rows(ReadOnlySpan<int> rows);

    /// <summary>A value as text, a number, a truth value or null, for JSON and for tables.</summary>
    internal abstract object? ValueAt(int index);

    /// <summary>A shape as Python writes it.</summary>
    internal static string Text(IEnumerable<long> shape)
    {
        var sizes = shape.Select(size => size.ToString(CultureInfo.InvariantCulture)).ToList();
        return sizes.Count == 1 ? $"({sizes[0]},)" : $"({string.Join(", ", sizes)})";
    }
}
