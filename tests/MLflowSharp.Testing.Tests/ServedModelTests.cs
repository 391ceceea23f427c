namespace MLflowSharp.Testing.Tests;

/// <summary>A model that another machine keeps is scored here.</summary>
public sealed class ServedModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_model_loads_over_HTTP_into_a_folder_that_lives_as_long_as_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = new FakeTrackingServer(new() { ServesArtifacts = true });
        using var client = new MlflowClient(await server.ListenAsync(cancellation));
        var run = (await client.CreateRunAsync("0", cancellationToken: cancellation)).Info.RunId;
        FunctionFlavor.SaveModel(Negative, Path.Combine(_folder.FullName, "negative"), new[,] { { 1f, 2f } });
        await client.LogArtifactsAsync(run, _folder.FullName, cancellationToken: cancellation);
        await client.RegisterModelAsync($"runs:/{run}/negative", "negative", cancellationToken: cancellation);
        await client.SetRegisteredModelAliasAsync("negative", "champion", "1", cancellation);

        var model = await client.LoadModelAsync("models:/negative@champion", cancellationToken: cancellation);

        Assert.Equal([-3f, -4f], model.Predict(new[,] { { 3f, 4f } }).Tensor.As<float>().Values.ToArray());
        Assert.True(Directory.Exists(model.Directory));
        model.Dispose();
        Assert.False(Directory.Exists(model.Directory));
    }

    private static ModelData Negative(ModelData data) => ModelTensor.Of(data.Tensor.As<float>().Values.ToArray().Select(value => -value).ToArray(), [.. data.Tensor.Shape]);
}
