using System.Reflection;
using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Journal;

/// <summary>A store that fails when it is told to, and else is the one behind it.</summary>
public class FaultyStore : DispatchProxy
{
    private readonly List<string> _calls = [];
    private ITrackingStore _inner = null!;

    /// <summary>What happens before a call, given its method's name and arguments; throws what the store should throw.</summary>
    public Action<string, object?[]>? Before { get; set; }

    /// <summary>What happens after a call that worked: a server that wrote but whose answer was lost.</summary>
    public Action<string>? After { get; set; }

    /// <summary>The names of the methods called.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    public static (ITrackingStore Store, FaultyStore Faults) Around(ITrackingStore inner)
    {
        var store = Create<ITrackingStore, FaultyStore>();
        var faults = (FaultyStore)(object)store;
        faults._inner = inner;
        return (store, faults);
    }

    /// <summary>The error of a server that cannot be reached.</summary>
    public static void Unreachable(string method, object?[] arguments) => throw new MlflowException("Connection refused.", ErrorCode.TemporarilyUnavailable);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IDisposable.Dispose))
        {
            _inner.Dispose();
            return null;
        }

        lock (_calls)
            _calls.Add(targetMethod.Name);
        Before?.Invoke(targetMethod.Name, args!);
        try
        {
            var result = targetMethod.Invoke(_inner, args);
            After?.Invoke(targetMethod.Name);
            return result;
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            throw inner;
        }
    }
}
