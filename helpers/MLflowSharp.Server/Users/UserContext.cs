using System.Text.Json.Serialization;

namespace MLflowSharp.Server.Users;

/// <summary>How values of requests about users become JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class UserContext : JsonSerializerContext;
