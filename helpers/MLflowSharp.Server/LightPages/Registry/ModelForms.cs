using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Registry;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>What can be done with registered models and their versions.</summary>
internal sealed class ModelForms(MlflowStores stores)
{
    private readonly IModelRegistryStore _store = stores.Registry;
    private readonly ModelVersionHandlers _versions = new(stores);

    public IReadOnlyDictionary<string, PageHandler> All => new Dictionary<string, PageHandler>
    {
        ["register"] = RegisterAsync,
        ["create-model"] = CreateAsync,
        ["rename-model"] = RenameAsync,
        ["describe-model"] = (call, cancellation) => OfModelAsync(call, "saved", name => _store.UpdateRegisteredModelAsync(name, call.Filled("text"), cancellation)),
        ["tag-model"] = (call, cancellation) => OfModelAsync(call, "saved", name => _store.SetRegisteredModelTagAsync(name, call.RequiredFilled("key"), call.Filled("value"), cancellation)),
        ["untag-model"] = (call, cancellation) => OfModelAsync(call, "deleted", name => _store.DeleteRegisteredModelTagAsync(name, call.RequiredFilled("key"), cancellation)),
        ["delete-model"] = DeleteAsync,
        ["set-alias"] = SetAliasAsync,
        ["remove-alias"] = RemoveAliasAsync,
        ["describe-version"] = (call, cancellation) => OfVersionAsync(call, "saved", (name, version) => _store.UpdateModelVersionAsync(name, version, call.Filled("text"), cancellation)),
        ["tag-version"] = (call, cancellation) => OfVersionAsync(call, "saved", (name, version) => _store.SetModelVersionTagAsync(name, version, call.RequiredFilled("key"), call.Filled("value"), cancellation)),
        ["untag-version"] = (call, cancellation) => OfVersionAsync(call, "deleted", (name, version) => _store.DeleteModelVersionTagAsync(name, version, call.RequiredFilled("key"), cancellation)),
        ["delete-version"] = DeleteVersionAsync,
    };

    private static async Task<Page> OfModelAsync(PageCall call, string done, Func<string, Task> change)
    {
        var name = call.RequiredFilled("model");
        await change(name);
        return Page.After(Address.Model(name), done);
    }

    private static async Task<Page> OfVersionAsync(PageCall call, string done, Func<string, string, Task> change)
    {
        var (name, version) = (call.RequiredFilled("model"), call.RequiredFilled("version"));
        await change(name, version);
        return Page.After(Address.Version(name, version), done);
    }

    /// <summary>Makes the next version, and before the first one the registered model, as clients do.</summary>
    private async Task<Page> RegisterAsync(PageCall call, CancellationToken cancellationToken)
    {
        var name = call.RequiredFilled("name");
        var request = await _versions.CheckAsync(
            new() { Name = name, Source = call.RequiredFilled("source"), RunId = call.RequiredFilled("run"), ModelId = call.Filled("model") }, cancellationToken);
        try
        {
            await _store.CreateRegisteredModelAsync(name, null, null, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceAlreadyExists)
        {
            // Then this is its next version.
        }

        var version = await _versions.CreateAsync(request, cancellationToken);
        return Page.After(Address.Version(version.Name, version.Version), "registered");
    }

    private async Task<Page> CreateAsync(PageCall call, CancellationToken cancellationToken)
    {
        var model = await _store.CreateRegisteredModelAsync(call.RequiredFilled("name"), null, null, cancellationToken);
        return Page.After(Address.Model(model.Name), "created");
    }

    private async Task<Page> RenameAsync(PageCall call, CancellationToken cancellationToken)
    {
        var model = await _store.RenameRegisteredModelAsync(call.RequiredFilled("model"), call.RequiredFilled("name"), cancellationToken);
        return Page.After(Address.Model(model.Name), "renamed");
    }

    private async Task<Page> DeleteAsync(PageCall call, CancellationToken cancellationToken)
    {
        await _store.DeleteRegisteredModelAsync(call.RequiredFilled("model"), cancellationToken);
        return Page.After("models", "deleted");
    }

    private async Task<Page> SetAliasAsync(PageCall call, CancellationToken cancellationToken)
    {
        await _store.SetRegisteredModelAliasAsync(call.RequiredFilled("model"), call.RequiredFilled("alias"), call.RequiredFilled("version"), cancellationToken);
        return Page.After(Address.OursOr(call.Filled("from"), "models"), "alias-set");
    }

    private async Task<Page> RemoveAliasAsync(PageCall call, CancellationToken cancellationToken)
    {
        await _store.DeleteRegisteredModelAliasAsync(call.RequiredFilled("model"), call.RequiredFilled("alias"), cancellationToken);
        return Page.After(Address.OursOr(call.Filled("from"), "models"), "alias-removed");
    }

    private async Task<Page> DeleteVersionAsync(PageCall call, CancellationToken cancellationToken)
    {
        var name = call.RequiredFilled("model");
        await _store.DeleteModelVersionAsync(name, call.RequiredFilled("version"), cancellationToken);
        return Page.After(Address.Model(name), "deleted");
    }
}
