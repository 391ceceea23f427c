using MLflowSharp.SystemMetrics;
using MLflowSharp.Tests.Fluent;

namespace MLflowSharp.Tests.SystemMetrics;

public sealed class SystemMetricsOptionsTests : FluentTest
{
    [Fact]
    public void MLflows_variables_are_honoured()
    {
        Assert.Equal(new SystemMetricsOptions(), SystemMetricsOptions.FromEnvironment());
        With("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "2.5", () => With("MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING", "4", () => With(
            "MLFLOW_SYSTEM_METRICS_NODE_ID", "node_7", () => Assert.Equal(
                new SystemMetricsOptions { SamplingInterval = TimeSpan.FromSeconds(2.5), SamplesBeforeLogging = 4, NodeId = "node_7" }, SystemMetricsOptions.FromEnvironment()))));
    }

    [Theory]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "0")]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "-1")]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "NaN")]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "1e99")]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "soon")]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING", "0")]
    [InlineData("MLFLOW_SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING", "1.5")]
    public void Nonsense_is_refused(string variable, string value) =>
        With(variable, value, () => Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(SystemMetricsOptions.FromEnvironment).ErrorCode));

    [Fact]
    public void A_run_measures_the_machine_when_it_or_the_environment_or_the_program_says_so()
    {
        Assert.False(Measured(null));
        Assert.True(Measured(true));
        With("MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING", "true", () =>
        {
            Assert.True(Measured(null));
            Assert.False(Measured(false));
        });
        With("MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING", "maybe", () => Assert.Throws<MlflowException>(() => Measured(null)));
        Mlflow.EndRun(RunStatus.Failed);
        Mlflow.EnableSystemMetricsLogging();
        Assert.True(Measured(null));
        Mlflow.DisableSystemMetricsLogging();
        Assert.False(Measured(null));
        Assert.Throws<MlflowException>(() => Mlflow.SetSystemMetricsSamplingInterval(0));
        Assert.Throws<MlflowException>(() => Mlflow.SetSystemMetricsSamplesBeforeLogging(-1));
    }

    private static bool Measured(bool? asked)
    {
        string id;
        using (var run = Mlflow.StartRun(logSystemMetrics: asked))
            id = run.RunId;
        return Mlflow.GetRun(id).Data.Metrics.ContainsKey("system/cpu_utilization_percentage");
    }
}
