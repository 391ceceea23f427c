using System.Text.Json.Nodes;
using CSharpKernel.Comms;
using CSharpKernel.Display;
using CSharpKernel.Execution;

namespace CSharpKernel.Tests;

/// <summary>Collects what a cell shows.</summary>
internal sealed class Output : ICellOutput
{
    private readonly Lock _lock = new();
    private readonly List<(string Kind, string Name, JsonObject? Data)> _shown = [];
    private readonly List<CommEnvelope> _sent = [];

    public Func<string, bool, string>? Answer { get; init; }

    public CellOutcome Outcome { get; set; } = CellOutcome.Ok;

    public CellError Error => Outcome.Error ?? throw new InvalidOperationException("The cell ended well.");

    public string Traceback => string.Join('\n', Error.Traceback);

    public IReadOnlyList<(string Kind, string Name, JsonObject? Data)> Shown
    {
        get
        {
            lock (_lock)
                return [.. _shown];
        }
    }

    /// <summary>The messages of comms.</summary>
    public IReadOnlyList<CommEnvelope> Sent
    {
        get
        {
            lock (_lock)
                return [.. _sent];
        }
    }

    public bool HasReader { get; init; } = true;

    /// <summary>Is told of every message of a comm.</summary>
    public Action<CommEnvelope>? OnSent { get; init; }

    /// <summary>Is told when something is shown.</summary>
    public Action? OnShown { get; init; }

    public string Stdout => Stream("stdout");

    public string Stderr => Stream("stderr");

    public JsonObject Result => Shown.Single(each => each.Kind == "result").Data!;

    public string ResultText => Result["text/plain"]!.ToString();

    public IReadOnlyList<(string Kind, string Name, JsonObject? Data)> Displays => [.. Shown.Where(each => each.Kind is "display" or "update")];

    public string Stream(string name) => string.Concat(Shown.Where(each => each.Kind == name).Select(each => each.Name));

    public void WriteStream(string name, string text) => Add(name, text, null);

    public void Display(DisplayBundle bundle, string displayId, bool update)
    {
        Add(update ? "update" : "display", displayId, bundle.ToJson());
        OnShown?.Invoke();
    }

    void ICellOutput.Result(DisplayBundle bundle) => Add("result", "", bundle.ToJson());

    public void Send(CommEnvelope envelope)
    {
        lock (_lock)
            _sent.Add(envelope);
        OnSent?.Invoke(envelope);
    }

    public IDisposable LetCommsPass() => new MemoryStream();

    public void Clear(bool wait) => Add("clear", wait ? "wait" : "", null);

    public Task<string> ReadInputAsync(string prompt, bool password, CancellationToken cancellationToken) =>
        Answer is null ? throw new InvalidOperationException("No input is allowed.") : Task.FromResult(Answer(prompt, password));

    private void Add(string kind, string name, JsonObject? data)
    {
        lock (_lock)
            _shown.Add((kind, name, data));
    }
}
