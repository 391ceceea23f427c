using System.Text.Json.Nodes;
using CSharpKernel.Comms;
using CSharpKernel.Dialect;
using CSharpKernel.Display;
using CSharpKernel.Execution;
using CSharpKernel.Widgets.Model;

namespace CSharpKernel.Widgets;

/// <summary>
/// Something on the page that the notebook's code and the reader both can change. It costs nothing until it is shown; then it lives, with
/// its handlers, until it is closed or the kernel ends. Properties may be set from any thread, and as often as you like: what changes
/// quickly is sent together, at most twenty times a second and at the end of the cell. Handlers run as code of the notebook; what they
/// print or throw stands below the cell that showed the widget.
/// </summary>
public abstract class Widget : IDisposable
{
    /// <summary>The comm target of widgets.</summary>
    internal const string Target = "jupyter.widget";

    private readonly List<WidgetProperty> _properties = [];
    private readonly ModelNames _names;
    private CellContext _cell = Shown.Cell;
    private Comm? _comm;
    private bool _isKnown;
    private bool _isClosed;

    private protected Widget(ModelNames names) => _names = names;

    /// <summary>The name that the front end knows the widget by (ipywidgets: <c>model_id</c>).</summary>
    public string ModelId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether <see cref="Close"/> was called, here or in the front end. A closed widget keeps its values but is shown no longer.</summary>
    public bool IsClosed
    {
        get
        {
            lock (Gate)
                return _isClosed;
        }
    }

    /// <summary>Guards the state.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>How other widgets' state refers to it.</summary>
    internal string Reference => $"IPY_MODEL_{ModelId}";

    /// <summary>Removes the widget from the page and forgets it.</summary>
    public void Close()
    {
        Comm? comm;
        lock (Gate)
        {
            comm = _comm;
            End();
        }

        comm?.Close();
        foreach (var part in Parts)
            part.Close();
    }

    /// <summary>Closes the widget.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>The forms in which it is shown: alive where the front end has widgets, and as text and HTML of the last values elsewhere.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle()
    {
        var forms = new Dictionary<string, object> { [MimeTypes.Html] = ToHtml(), [MimeTypes.Plain] = ToString() };
        if (TryOpen(_cell.Caller))
            forms[MimeTypes.Widget] = new JsonObject { ["version_major"] = 2, ["version_minor"] = 0, ["model_id"] = ModelId };
        return forms;
    }

    /// <summary>What a reader of plain text sees.</summary>
    public abstract override string ToString();

    /// <summary>What a reader sees where there are no widgets, such as in a saved notebook.</summary>
    internal virtual string ToHtml() => HtmlText.Encode(ToString());

    /// <summary>Widgets that belong to this one alone and are closed with it.</summary>
    internal virtual IEnumerable<Widget> Parts => [];

    /// <summary>A message of the widget's own JavaScript.</summary>
    private protected virtual Action? HandlerOf(JsonObject content) => null;

    private protected WidgetProperty<T> Property<T>(string key, T initial, StateCodec<T> codec, Func<T, T>? coerce = null, Action<T>? check = null, params ReadOnlySpan<WidgetProperty> dependsOn)
    {
        var property = new WidgetProperty<T>(this, key, initial, codec, coerce, check);
        _properties.Add(property);
        foreach (var other in dependsOn)
            other.Dependents.Add(property);
        return property;
    }

    /// <summary>Waits for something that only a reader can do.</summary>
    private protected async Task<T> WaitForReaderAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken)
    {
        var cell = Shown.Cell;
        if (!cell.Output.HasReader)
            throw new InvalidOperationException($"Nobody can use this {GetType().Name.Split('`')[0]} here: the notebook runs without a reader (allow_stdin is false). Use its Value instead of waiting for the next one.");
        ObjectDisposedException.ThrowIf(IsClosed, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cell.CancellationToken);
        SendNow();
        var next = wait(either.Token);
        using (cell.Output.LetCommsPass())
            return await next;
    }

    /// <summary>Tells handlers of a change that the notebook's code made.</summary>
    internal void RaiseHere(WidgetProperty property)
    {
        if (property.HasHandlers || property.Dependents.Exists(dependent => dependent.HasHandlers))
            HandlerRun.RunHere(_cell.Caller, () => RaiseAll([property]));
    }

    /// <summary>Sends what has changed within a moment. Called within the lock.</summary>
    internal void SendSoon()
    {
        if (_comm is null)
            return;
        _cell = _cell.Caller;
        _cell.Engine.Updates.Add(this);
    }

    /// <summary>Sends what has changed.</summary>
    internal void SendNow()
    {
        foreach (var reference in DirtyReferences())
            reference.TryOpen(_cell);
        lock (Gate)
        {
            var changed = _properties.FindAll(property => property.IsDirty);
            if (_isKnown && changed.Count > 0)
                Send(WidgetState.Update(changed));
        }
    }

    /// <summary>Makes the widget known to the front end, if it is not.</summary>
    /// <returns>False when it is closed.</returns>
    internal bool TryOpen(CellContext cell)
    {
        List<WidgetProperty> properties;
        Comm comm;
        lock (Gate)
        {
            if (_comm is not null || _isClosed)
                return !_isClosed;
            _cell = cell;
            comm = _comm = new Comm(cell.Engine.Comms, cell, Target, ModelId) { Owner = this, Receiver = ReceiveAsync };
            comm.Closed += _ => EndByFrontEnd();
            properties = [.. _properties];
        }

        foreach (var reference in properties.SelectMany(property => property.References))
            reference.TryOpen(cell);
        lock (Gate)
        {
            foreach (var property in properties)
                property.IsDirty = false;
            var state = State();
            comm.SendOpen(state.ToData(), new JsonObject { ["version"] = "2.1.0" }, state.Buffers);
            _isKnown = true;
        }

        return true;
    }

    /// <summary>All of the state, in the shape of the control comm's <c>update_states</c>.</summary>
    internal WidgetState FullState()
    {
        lock (Gate)
            return State();
    }

    /// <summary>The names of the JavaScript classes.</summary>
    internal ModelNames Names => _names;

    private WidgetState State()
    {
        var state = WidgetState.Of(_properties);
        state.AddNames(_names);
        return state;
    }

    private IEnumerable<Widget> DirtyReferences()
    {
        lock (Gate)
            return [.. _properties.Where(property => property.IsDirty).SelectMany(property => property.References)];
    }

    private void Send(WidgetState state, string method = "update", Action<CommEnvelope>? reply = null)
    {
        var envelope = CommEnvelope.For(CommEnvelope.Message, ModelId, state.ToData(method), null, state.Buffers);
        if (reply is null)
            _cell.Send(envelope);
        else
            reply(envelope);
    }

    private Task ReceiveAsync(CommMessage message, Action<CommEnvelope> reply)
    {
        if (message.Data is not JsonObject data || data["method"] is not JsonValue name || !name.TryGetValue<string>(out var method))
            return Task.CompletedTask;
        switch (method)
        {
            case "update" when data["state"] is JsonObject state:
                return UpdateAsync(WidgetState.PutBuffers(state, data["buffer_paths"], message.Buffers), reply);
            case "request_state":
                Send(FullState(), "update", reply);
                break;
            case "custom" when data["content"] is JsonObject content && HandlerOf(content) is { } handler && _comm is { } comm:
                return comm.Queue.RunAsync(handler);
        }

        return Task.CompletedTask;
    }

    private Task UpdateAsync(JsonObject state, Action<CommEnvelope> reply)
    {
        var accepted = new List<WidgetProperty>();
        lock (Gate)
        {
            foreach (var property in _properties.Where(property => state.ContainsKey(property.Key)))
            {
                if (property.TryApply(state[property.Key]))
                {
                    accepted.Add(property);
                }
                else
                {
                    // So that the page shows again what is true.
                    property.IsDirty = true;
                    SendSoon();
                }
            }

            // Other pages of the same notebook learn of it; the sender sees that it arrived.
            if (accepted.Count > 0)
                Send(WidgetState.Of(accepted), "echo_update", reply);
        }

        return _comm is { } comm && accepted.Exists(property => property.HasHandlers || property.Dependents.Exists(dependent => dependent.HasHandlers))
            ? comm.Queue.RunAsync(() => RaiseAll(accepted))
            : Task.CompletedTask;
    }

    private static void RaiseAll(IEnumerable<WidgetProperty> properties)
    {
        foreach (var property in properties)
        {
            property.Raise();
            foreach (var dependent in property.Dependents)
                dependent.Raise();
        }
    }

    private void EndByFrontEnd()
    {
        lock (Gate)
            End();
    }

    private void End()
    {
        _isClosed = true;
        _isKnown = false;
        _comm = null;
        foreach (var property in _properties)
            property.GiveUp(new ObjectDisposedException(GetType().Name, "The widget was closed while something waited for its next value."));
    }
}
