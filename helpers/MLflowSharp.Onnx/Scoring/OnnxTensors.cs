using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLflowSharp.Onnx;

/// <summary>Tensors as ONNX Runtime has them.</summary>
internal static class OnnxTensors
{
    /// <summary>What a graph says of one of its tensors.</summary>
    /// <exception cref="InvalidDataException">It is no tensor, or one of a type that is not supported.</exception>
    public static TensorSpec SpecOf(NodeMetadata tensor, string name)
    {
        if (!tensor.IsTensor)
        {
            throw new InvalidDataException(
                $"The model's '{name}' is no tensor but a {tensor.OnnxValueType}. Export it with tensors only; of scikit-learn's classifiers with options={{'zipmap': False}}.");
        }

        var type = tensor.ElementDataType switch
        {
            TensorElementType.Float => "float32",
            TensorElementType.Double => "float64",
            TensorElementType.Float16 => "float16",
            TensorElementType.Int8 => "int8",
            TensorElementType.UInt8 => "uint8",
            TensorElementType.Int16 => "int16",
            TensorElementType.UInt16 => "uint16",
            TensorElementType.Int32 => "int32",
            TensorElementType.UInt32 => "uint32",
            TensorElementType.Int64 => "int64",
            TensorElementType.UInt64 => "uint64",
            TensorElementType.Bool => "bool",
            TensorElementType.String => "str",
            var other => throw new InvalidDataException($"The model's '{name}' is a tensor of {other}, which is not supported. Export it with another type, such as 32-bit floats."),
        };
        return new(type, [.. tensor.Dimensions.Select(size => (long)size)], name);
    }

    public static OrtValue ToOrt(ModelTensor tensor) => tensor switch
    {
        ModelTensor<float> values => Of(values),
        ModelTensor<double> values => Of(values),
        ModelTensor<sbyte> values => Of(values),
        ModelTensor<byte> values => Of(values),
        ModelTensor<short> values => Of(values),
        ModelTensor<ushort> values => Of(values),
        ModelTensor<int> values => Of(values),
        ModelTensor<uint> values => Of(values),
        ModelTensor<long> values => Of(values),
        ModelTensor<ulong> values => Of(values),
        ModelTensor<bool> values => Of(values),
        ModelTensor<Half> values => OfHalves(values),
        ModelTensor<string> values => OfTexts(values),
        _ => throw new MlflowException($"An ONNX model does not take {tensor.DataType}.", ErrorCode.InvalidParameterValue),
    };

    public static ModelTensor FromOrt(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var tensor = Values(value, info);
        return info.Shape.Length == 0 ? tensor.Reshape() : tensor;
    }

    private static ModelTensor Values(OrtValue value, OrtTensorTypeAndShapeInfo info) =>
        info.ElementDataType switch
        {
            TensorElementType.Float => From<float>(value, info.Shape),
            TensorElementType.Double => From<double>(value, info.Shape),
            TensorElementType.Float16 => ModelTensor.Of(MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()).ToArray(), info.Shape),
            TensorElementType.Int8 => From<sbyte>(value, info.Shape),
            TensorElementType.UInt8 => From<byte>(value, info.Shape),
            TensorElementType.Int16 => From<short>(value, info.Shape),
            TensorElementType.UInt16 => From<ushort>(value, info.Shape),
            TensorElementType.Int32 => From<int>(value, info.Shape),
            TensorElementType.UInt32 => From<uint>(value, info.Shape),
            TensorElementType.Int64 => From<long>(value, info.Shape),
            TensorElementType.UInt64 => From<ulong>(value, info.Shape),
            TensorElementType.Bool => From<bool>(value, info.Shape),
            _ => ModelTensor.Of(value.GetStringTensorAsArray(), info.Shape),
        };

    private static OrtValue Of<T>(ModelTensor<T> tensor)
        where T : unmanaged =>
        // ONNX Runtime only reads an input, but its API asks for memory that could be written to.
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(tensor.Values), [.. tensor.Shape]);

    private static OrtValue OfHalves(ModelTensor<Half> tensor) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.Cast<Half, Float16>(tensor.Values.Span).ToArray().AsMemory(), [.. tensor.Shape]);

    private static OrtValue OfTexts(ModelTensor<string> tensor)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. tensor.Shape]);
        for (var index = 0; index < tensor.Count; index++)
            value.StringTensorSetElementAt(tensor[index] ?? "", index);
        return value;
    }

    private static ModelTensor<T> From<T>(OrtValue value, long[] shape)
        where T : unmanaged => ModelTensor.Of(value.GetTensorDataAsSpan<T>().ToArray(), shape);
}
