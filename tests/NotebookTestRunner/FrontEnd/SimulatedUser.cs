using System.Text.Json.Nodes;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.FrontEnd;

/// <summary>Does what a script says, over the kernel's own comms, as a front end would for a person.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="models">Its widgets.</param>
/// <param name="view">What the user sees of it.</param>
/// <param name="folder">Where the script's files are.</param>
/// <param name="patience">How long a step waits for what it needs.</param>
internal sealed class SimulatedUser(IRunningKernel kernel, WidgetModels models, UserView view, string folder, TimeSpan patience)
{
    /// <summary>Does one step; an answer is not one of those.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public async Task<string?> DoAsync(UserStep step, CancellationToken cancellationToken)
    {
        try
        {
            return step.Kind switch
            {
                UserStepKind.Click => await OnWidgetAsync(step, model => Send(model, new JsonObject { ["method"] = "custom", ["content"] = new JsonObject { ["event"] = "click" } }), cancellationToken),
                UserStepKind.Set => await OnWidgetAsync(step, model => Update(model, model.Choose(step.Value)), cancellationToken),
                UserStepKind.Draw => await DrawAsync(step, cancellationToken),
                UserStepKind.Send => await OnWidgetAsync(step, model => Send(model, new JsonObject { ["method"] = "custom", ["content"] = WidgetModel.Json(step.Value) }), cancellationToken),
                UserStepKind.ExpectPrinted => await ExpectPrintedAsync(step, cancellationToken),
                _ => await ExpectAsync(step, cancellationToken),
            };
        }
        catch (NotebookRunException error)
        {
            return $"The user could not {step.Text}: {error.Message}.";
        }
    }

    private async Task<string?> OnWidgetAsync(UserStep step, Action<WidgetModel> action, CancellationToken cancellationToken)
    {
        var model = await view.WaitForAsync((all, _) => Named(all, step), patience, cancellationToken);
        if (model is null) return $"The user could not {step.Text}: no such widget within {patience.TotalSeconds:0.#} s; {view.Names()}.";
        if (step.Kind is not UserStepKind.Expect && model.State["disabled"] is JsonValue value && value.TryGetValue<bool>(out var isDisabled) && isDisabled)
            return $"The user could not {step.Text}: it is disabled.";
        action(model);
        return null;
    }

    /// <summary>The widget of a name; among several the one that can do what is asked, the newest of them.</summary>
    private static WidgetModel? Named(IEnumerable<WidgetModel> all, UserStep step) =>
        all.Where(model => model.Names.Contains(step.Widget, StringComparer.OrdinalIgnoreCase) && (step.Kind != UserStepKind.Click || model.Kind.EndsWith("Button", StringComparison.Ordinal))).LastOrDefault();

    private async Task<string?> DrawAsync(UserStep step, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, step.Value);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookRunException($"{path} cannot be read ({error.Message})", error);
        }
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return await OnWidgetAsync(step, model => Send(model, new JsonObject { ["method"] = "update", ["state"] = new JsonObject(), ["buffer_paths"] = new JsonArray(new JsonArray("value")) }, [bytes]), cancellationToken);
        var drawing = WidgetModel.Json(System.Text.Encoding.UTF8.GetString(bytes)) switch
        {
            JsonObject state => state,
            JsonArray strokes => new JsonObject { ["strokes"] = strokes.DeepClone() },
            _ => throw new NotebookRunException($"{path} holds neither a widget's state nor a list of strokes"),
        };
        return await OnWidgetAsync(step, model => Update(model, drawing), cancellationToken);
    }

    private async Task<string?> ExpectAsync(UserStep step, CancellationToken cancellationToken)
    {
        if (await OnWidgetAsync(step, _ => { }, cancellationToken) is { } missing) return missing;
        WidgetModel? model = null;
        var met = await view.WaitForAsync((all, _) => (model = Named(all, step) ?? model) is { } now && IsShown(now.Shown, step.Value) ? now : null, patience, cancellationToken);
        return met is null ? $"The user expected \"{step.Widget}\" to show {step.Value}, and it shows {model!.Shown} after {patience.TotalSeconds:0.#} s." : null;
    }

    private async Task<string?> ExpectPrintedAsync(UserStep step, CancellationToken cancellationToken) =>
        await view.WaitForAsync((_, printed) => printed.Contains(step.Value, StringComparison.Ordinal) ? printed : null, patience, cancellationToken) is null
            ? $"The user expected to read {step.Value}, which was not shown within {patience.TotalSeconds:0.#} s."
            : null;

    private static bool IsShown(string shown, string expected) => shown == expected || shown.Contains(expected, StringComparison.Ordinal);

    private void Update(WidgetModel model, JsonObject state)
    {
        models.Change(model, state);
        Send(model, new JsonObject { ["method"] = "update", ["state"] = state.DeepClone(), ["buffer_paths"] = new JsonArray() });
    }

    private void Send(WidgetModel model, JsonObject data, IReadOnlyList<byte[]>? buffers = null) =>
        kernel.Send("comm_msg", new JsonObject { ["comm_id"] = model.CommId, ["data"] = data }, buffers);
}
