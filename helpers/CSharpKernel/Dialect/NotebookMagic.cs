using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CSharpKernel.Execution;
using CSharpKernel.Magics;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace CSharpKernel.Dialect;

/// <summary>A magic that a cell added: it calls a function of the notebook.</summary>
internal sealed class NotebookMagic(KernelDirective directive, Type command, Func<KernelCommand, KernelInvocationContext, Task> handler) : Magic
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter() },
    };

    public override IReadOnlyList<string> Names { get; } = [directive.Name[2..]];

    public override string Description => directive.Description is { Length: > 0 } text ? text.TrimEnd('.') : "A magic of this notebook";

    public override IReadOnlyList<MagicParameter> Parameters =>
    [
        .. directive.Parameters.Select(parameter => new MagicParameter(parameter.Name, parameter.Description ?? "", parameter.Required, parameter.AllowImplicitName, parameter.Flag)),
    ];

    public override async Task RunAsync(MagicCall call)
    {
        var given = await ReadAsync(call);
        given.TargetKernelName = call.Kernel;
        var invocation = new KernelInvocationContext(given, call.Cell);
        await CellRun.RunAsync(
            async () =>
            {
                call.Cell.Enter();
                await handler(given, invocation);
                return null;
            },
            call.Cell.Time,
            call.Cell.CancellationToken);
    }

    private async Task<KernelCommand> ReadAsync(MagicCall call)
    {
        var values = new JsonObject();
        foreach (var parameter in Parameters.Where(parameter => call.Arguments.Has(parameter.Name)))
        {
            // As a property is named: --variable-name is VariableName.
            var name = parameter.Name.Replace("-", "", StringComparison.Ordinal);
            values[name] = parameter.IsFlag ? JsonValue.Create(true) : ToJson(name, await MagicValue.ReadAsync(call.Arguments.Find(parameter.Name)!, name, call));
        }

        try
        {
            return (KernelCommand)values.Deserialize(command, Options)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new MagicException($"What stands behind #!{Names[0]} does not fit {command.Name}: {e.Message} Usage: {Usage}");
        }
    }

    private JsonNode? ToJson(string name, object? value)
    {
        if (value is not string text)
            return JsonSerializer.SerializeToNode(value, Options);
        var property = command.GetProperties().FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.PropertyType;
        var isText = property is null || property == typeof(string) || property.IsEnum || text.Length == 0;
        // Lists, objects and truth values are written as JSON.
        return !isText && (text[0] is '[' or '{' || text is "true" or "false") ? JsonNode.Parse(text) : JsonValue.Create(text);
    }
}
