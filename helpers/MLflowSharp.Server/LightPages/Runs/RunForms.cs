using MLflowSharp.Context;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Runs;

/// <summary>What can be done with runs.</summary>
internal sealed class RunForms(ITrackingStore store)
{
    public IReadOnlyDictionary<string, PageHandler> All => new Dictionary<string, PageHandler>
    {
        ["rename-run"] = (call, cancellation) => ChangeAsync(call, "renamed", run => store.UpdateRunInfoAsync(run, null, null, call.RequiredFilled("name"), cancellation)),
        ["describe-run"] = (call, cancellation) => ChangeAsync(call, "saved", run => TagAsync(run, SystemTags.Note, call.Filled("text"), cancellation)),
        ["tag-run"] = (call, cancellation) => ChangeAsync(call, "saved", run => TagAsync(run, call.RequiredFilled("key"), call.Filled("value"), cancellation)),
        ["untag-run"] = (call, cancellation) => ChangeAsync(call, "deleted", run => store.DeleteTagAsync(run, call.RequiredFilled("key"), cancellation)),
        ["delete-run"] = (call, cancellation) => ChangeAsync(call, "trashed", run => store.DeleteRunAsync(run, cancellation)),
        ["restore-run"] = (call, cancellation) => ChangeAsync(call, "restored", run => store.RestoreRunAsync(run, cancellation)),
    };

    private static async Task<Page> ChangeAsync(PageCall call, string done, Func<string, Task> change)
    {
        var run = call.RequiredFilled("run");
        await change(run);
        return Page.After(Address.Run(run), done);
    }

    private Task TagAsync(string run, string key, string value, CancellationToken cancellationToken) => store.LogBatchAsync(run, [], [], [new(key, value)], cancellationToken);
}
