using System.Text.Json.Serialization;

namespace MLflowSharp;

/// <summary>How texts become JSON, without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class ExampleJson : JsonSerializerContext;
