using System.Numerics;

namespace MLflowSharp;

/// <summary>Turns numbers of one type into another.</summary>
internal static class TensorCasts
{
    /// <summary>Whether MLflow turns every value of a type into another without asking (https://mlflow.org/docs/latest/ml/model/signatures/#type-conversion-rules).</summary>
    /// <remarks>Whole numbers become floats when each of them survives it, which is for <see cref="TryCast"/> to see.</remarks>
    private static bool IsSafe(string from, string to)
    {
        if (TensorTypes.IsWhole(from) && TensorTypes.IsWhole(to))
        {
            var (isSigned, becomesSigned) = (from[0] == 'i', to[0] == 'i');
            return isSigned == becomesSigned ? TensorTypes.Bits(from) <= TensorTypes.Bits(to) : becomesSigned && TensorTypes.Bits(from) < TensorTypes.Bits(to);
        }

        return TensorTypes.IsFloat(to) && (TensorTypes.IsWhole(from) || (TensorTypes.IsFloat(from) && TensorTypes.Bits(from) <= TensorTypes.Bits(to)));
    }

    /// <summary>Casts where no value is changed by it.</summary>
    /// <param name="tensor">What to cast.</param>
    /// <param name="dataType">The type it shall have.</param>
    /// <param name="why">Why it cannot be cast.</param>
    /// <returns>The tensor in the type; null when values would change.</returns>
    public static ModelTensor? TryCast(ModelTensor tensor, string dataType, out string? why)
    {
        why = null;
        if (tensor.DataType == dataType)
            return tensor;
        if (!IsSafe(tensor.DataType, dataType))
        {
            why = TensorTypes.IsFloat(tensor.DataType) && (TensorTypes.IsFloat(dataType) || TensorTypes.IsWhole(dataType)) || (TensorTypes.IsWhole(tensor.DataType) && TensorTypes.IsWhole(dataType))
                ? $"a cast from {tensor.DataType} would lose digits; cast it yourself if that is meant"
                : $"{tensor.DataType} is not cast to {dataType}";
            return null;
        }

        var cast = Convert(tensor, dataType);
        if (TensorTypes.IsWhole(tensor.DataType) && TensorTypes.IsFloat(dataType) && FirstChanged(tensor, cast) is { } changed)
        {
            why = $"{changed} has too many digits for {dataType}";
            return null;
        }

        return cast;
    }

    /// <summary>Converts numbers whatever they lose.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when either is not a number.</exception>
    public static ModelTensor Convert(ModelTensor tensor, string dataType) => tensor switch
    {
        ModelTensor<float> from => To(from, dataType),
        ModelTensor<double> from => To(from, dataType),
        ModelTensor<Half> from => To(from, dataType),
        ModelTensor<sbyte> from => To(from, dataType),
        ModelTensor<byte> from => To(from, dataType),
        ModelTensor<short> from => To(from, dataType),
        ModelTensor<ushort> from => To(from, dataType),
        ModelTensor<int> from => To(from, dataType),
        ModelTensor<uint> from => To(from, dataType),
        ModelTensor<long> from => To(from, dataType),
        ModelTensor<ulong> from => To(from, dataType),
        _ => throw NotNumbers(tensor.DataType, dataType),
    };

    private static ModelTensor To<TFrom>(ModelTensor<TFrom> tensor, string dataType)
        where TFrom : INumberBase<TFrom> => dataType switch
        {
            "float16" => Each<TFrom, Half>(tensor),
            "float32" => Each<TFrom, float>(tensor),
            "float64" => Each<TFrom, double>(tensor),
            "int8" => Each<TFrom, sbyte>(tensor),
            "uint8" => Each<TFrom, byte>(tensor),
            "int16" => Each<TFrom, short>(tensor),
            "uint16" => Each<TFrom, ushort>(tensor),
            "int32" => Each<TFrom, int>(tensor),
            "uint32" => Each<TFrom, uint>(tensor),
            "int64" => Each<TFrom, long>(tensor),
            "uint64" => Each<TFrom, ulong>(tensor),
            _ => throw NotNumbers(tensor.DataType, dataType),
        };

    private static ModelTensor<TTo> Each<TFrom, TTo>(ModelTensor<TFrom> tensor)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        var values = new TTo[tensor.Count];
        var from = tensor.Values.Span;
        for (var index = 0; index < values.Length; index++)
            values[index] = TTo.CreateSaturating(from[index]);
        return new(values, tensor.Dimensions);
    }

    /// <summary>The first whole number that is another one after it became a float.</summary>
    private static string? FirstChanged(ModelTensor whole, ModelTensor cast)
    {
        // A byte or a short survives in every float but the shortest.
        if (TensorTypes.Bits(whole.DataType) <= 16 && cast.DataType != "float16")
            return null;
        var back = Convert(cast, whole.DataType);
        for (var index = 0; index < whole.Count; index++)
        {
            if (!Equals(whole.ValueAt(index), back.ValueAt(index)))
                return System.Convert.ToString(whole.ValueAt(index), System.Globalization.CultureInfo.InvariantCulture);
        }

        return null;
    }

    private static MlflowException NotNumbers(string from, string to) => MlflowException.Invalid($"{from} is not converted to {to}: only numbers are.");
}
