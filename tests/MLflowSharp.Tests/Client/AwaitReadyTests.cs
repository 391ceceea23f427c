using System.Reflection;
using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Client;

/// <summary>Waiting for a server that still copies a version's files.</summary>
public sealed class AwaitReadyTests : IDisposable
{
    private readonly SlowRegistry _registry;
    private readonly MlflowClient _client;

    public AwaitReadyTests()
    {
        var stores = StoreFactory.Open("sqlite://", new());
        var registry = DispatchProxy.Create<IModelRegistryStore, SlowRegistry>();
        _registry = (SlowRegistry)registry;
        _registry.Inner = stores.Registry;
        _client = new(stores with { Registry = registry }, "sqlite://", new() { TimeProvider = new HurryingClock() });
        _client.CreateRegisteredModel("mnist");
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_version_is_looked_at_until_it_is_ready()
    {
        _registry.Statuses = new([ModelVersionStatus.PendingRegistration, ModelVersionStatus.PendingRegistration, ModelVersionStatus.Ready]);
        Assert.Equal(ModelVersionStatus.Ready, _client.CreateModelVersion("mnist", "s3://x").Status);
        Assert.Empty(_registry.Statuses);
    }

    [Fact]
    public void A_version_that_failed_is_told_with_the_servers_words()
    {
        _registry.Statuses = new([ModelVersionStatus.PendingRegistration, ModelVersionStatus.FailedRegistration]);
        Assert.Contains("disk is full", Assert.Throws<MlflowException>(() => _client.CreateModelVersion("mnist", "s3://x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patience_ends()
    {
        _registry.Statuses = new(Enumerable.Repeat(ModelVersionStatus.PendingRegistration, 1000));
        var error = Assert.Throws<MlflowException>(() => _client.CreateModelVersion("mnist", "s3://x", awaitCreationFor: TimeSpan.FromSeconds(30)));
        Assert.Equal(ErrorCode.DeadlineExceeded, error.ErrorCode);
        Assert.InRange(_registry.Statuses.Count, 985, 990);
    }

    [Fact]
    public void Who_does_not_wait_gets_what_there_is()
    {
        _registry.Statuses = new([ModelVersionStatus.PendingRegistration]);
        Assert.Equal(ModelVersionStatus.PendingRegistration, _client.CreateModelVersion("mnist", "s3://x", awaitCreationFor: TimeSpan.Zero).Status);
    }

    /// <summary>A clock that waits by moving its hands.</summary>
    private sealed class HurryingClock : TimeProvider
    {
        private TimeSpan _waited;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _waited.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waited += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A registry whose versions have one status after the other.</summary>
    public class SlowRegistry : DispatchProxy
    {
        public IModelRegistryStore Inner { get; set; } = null!;

        public Queue<ModelVersionStatus> Statuses { get; set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var answer = targetMethod!.Invoke(Inner, args);
            return answer is Task<ModelVersion> version && targetMethod.Name is nameof(IModelRegistryStore.CreateModelVersionAsync) or nameof(IModelRegistryStore.GetModelVersionAsync)
                ? WithStatus((Task<ModelVersion>)answer!)
                : answer;
        }

        private async Task<ModelVersion> WithStatus(Task<ModelVersion> version) => (await version) with { Status = Statuses.Dequeue(), StatusMessage = "The disk is full." };
    }
}
