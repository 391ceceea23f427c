using MLflowSharp.Context;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Experiments;

/// <summary>What can be done with experiments.</summary>
internal sealed class ExperimentForms(ITrackingStore store)
{
    public IReadOnlyDictionary<string, PageHandler> All => new Dictionary<string, PageHandler>
    {
        ["create-experiment"] = CreateAsync,
        ["rename-experiment"] = RenameAsync,
        ["describe-experiment"] = DescribeAsync,
        ["delete-experiment"] = DeleteAsync,
        ["restore-experiment"] = RestoreAsync,
    };

    private async Task<Page> CreateAsync(PageCall call, CancellationToken cancellationToken) =>
        Page.After(Address.Experiment(await store.CreateExperimentAsync(call.RequiredFilled("name"), null, null, cancellationToken)), "created");

    private async Task<Page> RenameAsync(PageCall call, CancellationToken cancellationToken)
    {
        var id = call.RequiredFilled("experiment");
        await store.RenameExperimentAsync(id, call.RequiredFilled("name"), cancellationToken);
        return Page.After(Address.Experiment(id), "renamed");
    }

    private async Task<Page> DescribeAsync(PageCall call, CancellationToken cancellationToken)
    {
        var id = call.RequiredFilled("experiment");
        await store.SetExperimentTagAsync(id, SystemTags.Note, call.Filled("text"), cancellationToken);
        return Page.After(Address.Experiment(id), "saved");
    }

    private async Task<Page> DeleteAsync(PageCall call, CancellationToken cancellationToken)
    {
        await store.DeleteExperimentAsync(call.RequiredFilled("experiment"), cancellationToken);
        return Page.After("experiments", "trashed");
    }

    private async Task<Page> RestoreAsync(PageCall call, CancellationToken cancellationToken)
    {
        var id = call.RequiredFilled("experiment");
        await store.RestoreExperimentAsync(id, cancellationToken);
        return Page.After(Address.Experiment(id), "restored");
    }
}
