using MLflowSharp.Registry;

namespace MLflowSharp.Tests.Registry;

public sealed class NearestNamesTests
{
    [Fact]
    public void The_most_similar_come_first_upper_and_lower_case_alike() =>
        Assert.Equal(["MNIST", "mnist-2"], NearestNames.Find("mnits", ["fashion", "mnist-2", "MNIST", "completely different"], count: 2));

    [Fact]
    public void Without_names_there_is_none() => Assert.Empty(NearestNames.Find("mnist", [], count: 3));
}
