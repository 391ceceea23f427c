using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML;

/// <summary>A fingerprint of rows, from the values themselves: as texts a thousand images take longer than some trainings.</summary>
internal sealed class RowHash : IDisposable
{
    private static readonly MethodInfo One = typeof(RowHash).GetMethod(nameof(OfOne), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo Many = typeof(RowHash).GetMethod(nameof(OfMany), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Append(string text)
    {
        // With its length, so that "ab" and "c" are not "a" and "bc".
        Append(text.Length);
        _hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    /// <summary>What appends a column's value of the row that a cursor is at.</summary>
    public Action Appender(DataViewRowCursor cursor, DataViewSchema.Column column) =>
        (Action)(column.Type is VectorDataViewType vector ? Many.MakeGenericMethod(vector.ItemType.RawType) : One.MakeGenericMethod(column.Type.RawType))
            .Invoke(this, [cursor, column])!;

    /// <summary>The fingerprint, 8 hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset())[..8];

    public void Dispose() => _hash.Dispose();

    private Action OfOne<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var get = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            Append<T>(new ReadOnlySpan<T>(in value));
        };
    }

    private Action OfMany<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var get = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        var dense = Array.Empty<T>();
        return () =>
        {
            get(ref values);
            if (dense.Length != values.Length)
                dense = new T[values.Length];
            // Whether zeros are stored is not the data's.
            values.CopyTo(dense);
            Append(dense.Length);
            Append<T>(dense);
        };
    }

    private void Append(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }

    private void Append<T>(ReadOnlySpan<T> values)
    {
        if (typeof(T).IsPrimitive)
        {
            ref var first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
            _hash.AppendData(MemoryMarshal.CreateReadOnlySpan(ref first, values.Length * Unsafe.SizeOf<T>()));
            return;
        }

        foreach (var value in values)
        {
            Append(value switch
            {
                null => "",
                ReadOnlyMemory<char> text => text.ToString(),
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            });
        }
    }
}
