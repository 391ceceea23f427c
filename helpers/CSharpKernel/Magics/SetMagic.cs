using System.Text.Json;
using Microsoft.DotNet.Interactive;

namespace CSharpKernel.Magics;

/// <summary><c>#!set</c>: gives a value to a variable: text, an answer of the user, or a value of another kernel.</summary>
internal sealed class SetMagic : Magic
{
    public override IReadOnlyList<string> Names => ["set"];

    public override string Description => "Sets a variable to text, to an answer (@input, @password) or to another kernel's value (@kernel:name)";

    public override IReadOnlyList<MagicParameter> Parameters =>
    [
        new("--name", "the variable", IsRequired: true),
        new("--value", "text, @input:\"Prompt\", @password:\"Prompt\" or @kernel:name", IsRequired: true),
        new("--byref", "share the object itself, not a copy", IsFlag: true),
        new("--mime-type", "what the value is; application/json reads it as JSON"),
    ];

    public override async Task RunAsync(MagicCall call)
    {
        var name = (await call.Arguments.ReadTextAsync("--name", call))!;
        var mimeType = await call.Arguments.ReadTextAsync("--mime-type", call);
        var value = await MagicValue.ReadAsync(call.Arguments.Find("--value")!, name, call);
        if (mimeType == "application/json" && value is string json)
            value = Parse(json);
        else if (!call.Arguments.Has("--byref") && !IsOneValue(value))
            value = JsonSerializer.SerializeToDocument(value);
        await call.Engine.Values.SetAsync(call.Cell, call.Kernel, name, value);
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new MagicException($"The value of #!set is not application/json: {e.Message}");
        }
    }

    // Nobody can change them, so that a copy is as good as the thing itself.
    private static bool IsOneValue(object? value) =>
        value is null or string or decimal or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or PasswordString or JsonDocument or JsonElement || value.GetType().IsPrimitive || value is Enum;
}
