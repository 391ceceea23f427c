using System.Text.Json.Serialization;
using CSharpKernel.Packages.Locking;

namespace CSharpKernel.Packages;

/// <summary>How answers and locks are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RememberedAnswer))]
[JsonSerializable(typeof(NotebookLock))]
internal sealed partial class PackageJson : JsonSerializerContext;
