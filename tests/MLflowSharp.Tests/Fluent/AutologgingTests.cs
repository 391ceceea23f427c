namespace MLflowSharp.Tests.Fluent;

public sealed class AutologgingTests : FluentTest
{
    [Fact]
    public void Each_call_states_all_options_anew()
    {
        Mlflow.Autolog(logModels: false, logInputExamples: true, exclusive: true, logEveryNEpoch: 3);
        Assert.Equal(new Autologging(LogModels: false, LogInputExamples: true, Exclusive: true, LogEveryNEpoch: 3), Autologging.Of("any"));
        Mlflow.Autolog();
        Assert.Equal(new Autologging(), Autologging.Of("any"));
        Mlflow.Autolog(disable: true);
        Assert.True(Autologging.Of("any").Disable);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Every_how_many_epochs_is_one_or_more(int epochs)
    {
        Mlflow.Autolog(logEveryNEpoch: 2);
        Assert.Contains("must be 1 or more", Assert.Throws<MlflowException>(() => Mlflow.Autolog(logEveryNEpoch: epochs)).Message, StringComparison.Ordinal);
        Assert.Contains("must be 1 or more", Assert.Throws<MlflowException>(() => Mlflow.Autolog(logEveryNStep: epochs)).Message, StringComparison.Ordinal);
        Assert.Equal((2, null), (Autologging.Of("any").LogEveryNEpoch, Autologging.Of("any").LogEveryNStep));
    }
}
