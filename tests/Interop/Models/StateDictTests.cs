using CliWrap;
using CliWrap.Buffered;
using MLflowSharp.TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Interop.Models;

/// <summary>The real PyTorch reads the weights that we write. It is not among MLflow's requirements: without one the test is skipped.</summary>
public sealed class StateDictTests
{
    [Fact]
    public async Task PyTorch_loads_our_weights_and_gives_the_same()
    {
        TorchRuntime.Initialize();
        var file = Path.GetTempFileName();
        using var network = Sequential(("conv", Conv2d(1, 4, 3)), ("norm", BatchNorm2d(4)), ("relu", ReLU()), ("flat", Flatten()), ("dense", Linear(4 * 26 * 26, 10)));
        using (var training = network.call(rand(8, 1, 28, 28)))
            network.eval();
        PyTorchStateDict.Save(network, file);

        var python = Cli.Wrap(OperatingSystem.IsWindows() ? "python" : "/usr/bin/python3").WithValidation(CommandResultValidation.None);
        if ((await python.WithArguments(["-c", "import torch"]).ExecuteBufferedAsync(TestContext.Current.CancellationToken)).ExitCode != 0)
            Assert.Skip("No PyTorch for the system's Python; on Debian it is python3-torch.");
        var answer = await PythonEnvironment.RunAsync("load_state_dict", "none", python.WithArguments([PythonEnvironment.Script("load_state_dict"), file]));

        using var expected = network.call((arange(784f) / 784).reshape(1, 1, 28, 28));
        Assert.Equal(network.state_dict().Keys, answer["names"]!.AsArray().GetValues<string>());
        Assert.All(expected.data<float>().ToArray().Zip(answer["outputs"]!.AsArray().GetValues<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        File.Delete(file);
    }
}
