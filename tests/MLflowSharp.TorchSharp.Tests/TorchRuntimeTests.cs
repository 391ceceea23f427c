using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void After_it_torch_computes_on_one_thread()
    {
        TorchRuntime.Initialize();
        TorchRuntime.Initialize();

        Assert.Equal(1, get_num_threads());
        Assert.Equal(3, tensor(new[] { 1f, 2f }).sum().item<float>());
    }
}
