using MLflowSharp.Values;

namespace MLflowSharp;

/// <summary>A <see cref="ModelTensor"/> whose values are of a type known to the compiler.</summary>
/// <typeparam name="T">bool, a whole number, Half, float, double, string, byte[] or DateTime.</typeparam>
public sealed class ModelTensor<T> : ModelTensor
{
    internal ModelTensor(ReadOnlyMemory<T> values, long[] shape)
        : base(TensorTypes.NameOf(typeof(T)), shape)
    {
        var size = 1L;
        foreach (var dimension in shape)
            size = dimension < 0 ? -1 : checked(size * dimension);
        if (size != values.Length)
            throw MlflowException.Invalid($"{values.Length} values do not fill a tensor of shape {Text(shape)}.");
        Values = values;
    }

    /// <summary>The values, the last dimension varying fastest.</summary>
    public ReadOnlyMemory<T> Values { get; }

    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <summary>The value at an index of <see cref="Values"/>.</summary>
    /// <param name="index">The index.</param>
    public T this[int index] => Values.Span[index];

    internal override bool HasMissing
    {
        get
        {
            foreach (var value in Values.Span)
            {
                if (value is null or float.NaN or double.NaN)
                    return true;
            }

            return false;
        }
    }

    /// <summary>The rows, each as an array of its own.</summary>
    public T[][] ToRows()
    {
        var rows = new T[Shape.Count == 0 ? 1 : (int)Shape[0]][];
        var width = rows.Length == 0 ? 0 : Values.Length / rows.Length;
        for (var row = 0; row < rows.Length; row++)
            rows[row] = Values.Slice(row * width, width).ToArray();
        return rows;
    }

    internal override ModelTensor WithShape(long[] shape) => new ModelTensor<T>(Values, shape);

    internal override ModelTensor Rows(ReadOnlySpan<int> rows)
    {
        var width = Shape[0] == 0 ? 0 : (int)(Values.Length / Shape[0]);
        var taken = new T[rows.Length * width];
        for (var row = 0; row < rows.Length; row++)
            Values.Span.Slice(rows[row] * width, width).CopyTo(taken.AsSpan(row * width));
        return new ModelTensor<T>(taken, [rows.Length, .. Shape.Skip(1)]);
    }

    internal override object? ValueAt(int index) => Values.Span[index] switch
    {
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture),
        var value => ObjectTree.Of(value),
    };
}
