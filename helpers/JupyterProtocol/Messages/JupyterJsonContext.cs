using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace JupyterProtocol.Messages;

[JsonSerializable(typeof(MessageHeader))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JupyterJsonContext : JsonSerializerContext;
