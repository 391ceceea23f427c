using MLflowSharp.Context;

namespace MLflowSharp.Tests.Context;

public sealed class RunNameTests
{
    [Fact]
    public void Names_are_adjective_noun_and_number_in_at_most_20_characters()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
            Assert.Matches(@"^(?=.{5,20}$)[a-z]+-[a-z]+-\d{1,3}$", RunName.Generate(random));
    }

    [Fact]
    public void The_same_random_numbers_give_the_same_name()
    {
        Assert.Equal(RunName.Generate(new Random(7)), RunName.Generate(new Random(7)));
        Assert.NotEqual(RunName.Generate(new Random(7)), RunName.Generate(new Random(8)));
    }
}
