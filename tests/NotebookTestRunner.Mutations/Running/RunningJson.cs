using System.Text.Json.Serialization;

namespace NotebookTestRunner.Mutations.Running;

/// <summary>How requests, answers and what is recorded are written as JSON.</summary>
[JsonSerializable(typeof(TestRequest))]
[JsonSerializable(typeof(TestAnswer))]
[JsonSerializable(typeof(TestRecord))]
internal sealed partial class RunningJson : JsonSerializerContext;
