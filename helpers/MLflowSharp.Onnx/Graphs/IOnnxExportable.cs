namespace MLflowSharp.Onnx;

/// <summary>A network that can be written as an ONNX model, so that automatic logging can log it.</summary>
public interface IOnnxExportable
{
    /// <summary>Gives the whole content of an ONNX file: rows of inputs in, rows of outputs out, any number of rows.</summary>
    byte[] ToOnnx();
}
