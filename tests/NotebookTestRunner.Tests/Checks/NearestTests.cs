using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Tests.Checks;

public sealed class NearestTests
{
    [Theory]
    [InlineData("val_acc", "val_accuracy")]
    [InlineData("VAL_ACC", "val_accuracy")]
    [InlineData("loss", "los")]
    [InlineData("l", "b")]
    public void What_begins_with_a_name_is_nearest_and_then_what_differs_least(string name, string nearest) => Assert.Equal(nearest, Nearest.To(name, ["val_loss", "los", "val_accuracy", "b"]));

    [Fact]
    public void Where_nothing_is_known_nothing_is_near() => Assert.Null(Nearest.To("x", []));

    [Fact]
    public void All_are_told_in_order_of_their_distance_each_once_and_equal_ones_by_name()
    {
        Assert.Equal(["abc", "abd", "xyz"], Nearest.InOrder("ab", ["xyz", "abd", "abc"]));
        Assert.Equal("there is none", Nearest.ThereAre("x", []));
        Assert.Equal("there is a", Nearest.ThereAre("x", ["a", "a"]));
        Assert.Equal("there are a, b", Nearest.ThereAre("x", ["b", "a"]));
        Assert.Equal("there are a, b, c, d, e", Nearest.ThereAre("x", ["e", "d", "c", "b", "a"]));
        Assert.Equal("there are a, b, c, d, e and 2 more", Nearest.ThereAre("x", ["g", "f", "e", "d", "c", "b", "a"]));
    }

    [Fact]
    public void Of_names_without_end_the_beginnings_are_compared()
    {
        var name = new string('x', 300);

        Assert.Equal(["a" + name, "b"], Nearest.InOrder(name, ["b", "a" + name]));
    }
}
