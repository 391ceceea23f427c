using System.Text.Json.Serialization;

namespace MLflowSharp.Server.Messages;

/// <summary>JSON that is in none of MLflow's messages.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class ServerContext : JsonSerializerContext;
