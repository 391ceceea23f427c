using System.Text.Json.Serialization;

namespace CSharpKernel.Dialect;

[JsonSerializable(typeof(string))]
internal sealed partial class DialectJson : JsonSerializerContext;
