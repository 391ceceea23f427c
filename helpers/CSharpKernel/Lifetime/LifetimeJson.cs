using System.Text.Json.Serialization;

namespace CSharpKernel.Lifetime;

[JsonSerializable(typeof(OpenCell[]))]
internal sealed partial class LifetimeJson : JsonSerializerContext;
