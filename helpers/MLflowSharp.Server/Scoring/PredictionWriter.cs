using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLflowSharp.Server.Scoring;

/// <summary>
/// Writes what a model gave as MLflow's scoring server does: lists within lists, by name where outputs have names, and as records where the
/// data came as a table that the model takes as one. What is not a number is written as Python writes it, <c>NaN</c> and <c>Infinity</c>.
/// </summary>
internal static class PredictionWriter
{
    private const int LongestNumber = 40;
    private const int UsualNumber = 15;
    private const int MostAtFirst = 1 << 20;

    /// <summary>About how many bytes predictions take, so that the memory for them is taken once.</summary>
    public static int SizeOf(ModelData predictions) => 256 + (int)Math.Min((long)UsualNumber * predictions.Sum(output => (long)output.Value.Count), MostAtFirst);

    /// <summary>Writes <c>{"predictions": …}</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="predictions">What the model gave.</param>
    /// <param name="asRecords">Whether a table is wanted.</param>
    public static void Write(IBufferWriter<byte> json, ModelData predictions, bool asRecords)
    {
        json.Write("{\"predictions\":"u8);
        if (!predictions.IsNamed)
            WriteNested(json, predictions.Tensor);
        else if (asRecords && AreRows(predictions))
            WriteRecords(json, predictions);
        else
            WriteNamed(json, predictions);
        json.Write("}"u8);
    }

    // A sum over all rows belongs to none of them.
    private static bool AreRows(ModelData predictions) => predictions.All(output => output.Value.Shape.Count > 0 && output.Value.Shape[0] == predictions.RowCount);

    private static void WriteNamed(IBufferWriter<byte> json, ModelData predictions)
    {
        var before = "{"u8;
        foreach (var (name, tensor) in predictions)
        {
            json.Write(before);
            WriteText(json, name);
            json.Write(":"u8);
            WriteNested(json, tensor);
            before = ","u8;
        }

        json.Write("}"u8);
    }

    /// <summary>
    /// Each output is a column of its values one after the other, as MLflow's ONNX flavor lays them out. Where that makes columns of different
    /// lengths, which MLflow cannot answer, there is a record for each row.
    /// </summary>
    private static void WriteRecords(IBufferWriter<byte> json, ModelData predictions)
    {
        var isFlat = predictions.All(output => output.Value.Count == predictions[0].Value.Count);
        var count = isFlat ? predictions[0].Value.Count : predictions.RowCount;
        json.Write("["u8);
        for (var record = 0; record < count; record++)
        {
            json.Write(record == 0 ? "{"u8 : ",{"u8);
            for (var output = 0; output < predictions.Count; output++)
            {
                var (name, tensor) = predictions[output];
                if (output > 0)
                    json.Write(","u8);
                WriteText(json, name);
                json.Write(":"u8);
                if (isFlat)
                    WriteValue(json, tensor, record);
                else
                    WriteDimension(json, tensor, 1, record, tensor.Count / Math.Max(1, count));
            }

            json.Write("}"u8);
        }

        json.Write("]"u8);
    }

    private static void WriteNested(IBufferWriter<byte> json, ModelTensor tensor) => WriteDimension(json, tensor, 0, 0, tensor.Count);

    /// <summary>Writes a block of values, the part that is left from a dimension on.</summary>
    private static void WriteDimension(IBufferWriter<byte> json, ModelTensor tensor, int dimension, int block, int size)
    {
        if (dimension == tensor.Shape.Count)
        {
            WriteValue(json, tensor, block);
            return;
        }

        var count = (int)tensor.Shape[dimension];
        json.Write("["u8);
        for (var index = 0; index < count; index++)
        {
            if (index > 0)
                json.Write(","u8);
            WriteDimension(json, tensor, dimension + 1, (block * count) + index, size / count);
        }

        json.Write("]"u8);
    }

    private static void WriteValue(IBufferWriter<byte> json, ModelTensor tensor, int index)
    {
        switch (tensor)
        {
            case ModelTensor<float> numbers:
                WriteNumber(json, numbers[index]);
                break;
            case ModelTensor<double> numbers:
                WriteNumber(json, numbers[index]);
                break;
            case ModelTensor<Half> numbers:
                WriteNumber(json, (float)numbers[index]);
                break;
            default:
                WriteOther(json, tensor.ValueAt(index));
                break;
        }
    }

    private static void WriteNumber(IBufferWriter<byte> json, float number)
    {
        var text = json.GetSpan(LongestNumber);
        if (float.IsFinite(number) && Utf8Formatter.TryFormat(number, text, out var length))
            json.Advance(length);
        else
            WriteSpecial(json, number);
    }

    private static void WriteNumber(IBufferWriter<byte> json, double number)
    {
        var text = json.GetSpan(LongestNumber);
        if (double.IsFinite(number) && Utf8Formatter.TryFormat(number, text, out var length))
            json.Advance(length);
        else
            WriteSpecial(json, number);
    }

    private static void WriteSpecial(IBufferWriter<byte> json, double number) =>
        json.Write(double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8);

    private static void WriteOther(IBufferWriter<byte> json, object? value)
    {
        switch (value)
        {
            case null:
                json.Write("null"u8);
                break;
            case bool truth:
                json.Write(truth ? "true"u8 : "false"u8);
                break;
            case long whole:
                json.Advance(Utf8Formatter.TryFormat(whole, json.GetSpan(LongestNumber), out var length) ? length : 0);
                break;
            case double number:
                WriteNumber(json, number);
                break;
            default:
                WriteText(json, (string)value);
                break;
        }
    }

    private static void WriteText(IBufferWriter<byte> json, string text)
    {
        json.Write("\""u8);
        json.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        json.Write("\""u8);
    }
}
