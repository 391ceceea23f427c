using System.Text.Json.Serialization;
using JupyterProtocol.KernelSpecs;

namespace JupyterProtocol.Connections;

[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectionInfo))]
[JsonSerializable(typeof(KernelSpec))]
internal sealed partial class JupyterFilesJsonContext : JsonSerializerContext;
