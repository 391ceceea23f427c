using System.Text.Json.Nodes;

namespace CSharpKernel.Widgets.Model;

/// <summary>One entry of a widget's state.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
internal sealed class WidgetProperty<T> : WidgetProperty
{
    private readonly Widget _owner;
    private readonly StateCodec<T> _codec;
    private readonly Func<T, T>? _coerce;
    private readonly Action<T>? _check;
    private List<TaskCompletionSource<T>>? _waiting;
    private T _wanted;
    private T _value;
    private bool _isUntold;

    /// <summary>Creates a property.</summary>
    /// <param name="owner">Whose state it is.</param>
    /// <param name="key">Its name in the state.</param>
    /// <param name="initial">Its first value.</param>
    /// <param name="codec">How it is written.</param>
    /// <param name="coerce">Brings a value within its limits, which may be set after it.</param>
    /// <param name="check">Throws when a value can never be right.</param>
    public WidgetProperty(Widget owner, string key, T initial, StateCodec<T> codec, Func<T, T>? coerce = null, Action<T>? check = null)
        : base(key)
    {
        (_owner, _codec, _coerce, _check) = (owner, codec, coerce, check);
        _wanted = _value = initial;
    }

    /// <summary>The value has changed, on either side.</summary>
    public event Action<T>? Changed;

    public override bool HasHandlers => Changed is not null;

    public override IEnumerable<Widget> References => _value switch
    {
        Widget widget => [widget],
        IEnumerable<Widget> widgets => widgets,
        _ => [],
    };

    /// <summary>The value.</summary>
    public T Value
    {
        get
        {
            lock (_owner.Gate)
                return _value;
        }

        set
        {
            _check?.Invoke(value);
            lock (_owner.Gate)
            {
                _wanted = value;
                SettleAll(isKnown: false);
            }

            _owner.RaiseHere(this);
        }
    }

    /// <summary>The next value, whoever sets it.</summary>
    public Task<T> NextAsync(CancellationToken cancellationToken)
    {
        var next = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_owner.Gate)
        {
            _waiting ??= [];
            _waiting.RemoveAll(waiting => waiting.Task.IsCompleted);
            _waiting.Add(next);
        }

        cancellationToken.UnsafeRegister(_ => next.TrySetCanceled(cancellationToken), null);
        return next.Task;
    }

    /// <summary>Ends all waiting, as the widget is closed.</summary>
    public override void GiveUp(Exception exception)
    {
        foreach (var waiting in _waiting ?? [])
            waiting.TrySetException(exception);
        _waiting = null;
    }

    public override JsonNode? Write() => _codec.Write(_value);

    public override bool TryApply(JsonNode? json)
    {
        if (!_codec.TryRead(json, out var value) || (_coerce is not null && !_codec.AreEqual(_coerce(value), value)) || !IsPossible(value))
            return false;
        _wanted = value;
        SettleAll(isKnown: true);
        return true;
    }

    public override void Settle(bool isKnown = false)
    {
        var value = _coerce is null ? _wanted : _coerce(_wanted);
        if (_codec.AreEqual(value, _value))
            return;
        _value = value;
        _isUntold = HasHandlers;
        IsDirty |= !isKnown;
        foreach (var waiting in _waiting ?? [])
            waiting.TrySetResult(value);
        _waiting = null;
        if (!isKnown)
            _owner.SendSoon();
    }

    public override void Raise()
    {
        if (Changed is not { } changed)
            return;
        T value;
        lock (_owner.Gate)
        {
            if (!_isUntold)
                return;
            _isUntold = false;
            value = _value;
        }

        changed(value);
    }

    private void SettleAll(bool isKnown)
    {
        Settle(isKnown);
        foreach (var dependent in Dependents)
            dependent.Settle();
    }

    private bool IsPossible(T value)
    {
        try
        {
            _check?.Invoke(value);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
