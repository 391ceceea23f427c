using MLflowSharp.Server.Users;

namespace MLflowSharp.Server.Tests.Users;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_password_is_known_again_and_no_other()
    {
        var hash = PasswordHash.Create("correct horse battery", 1000);

        Assert.StartsWith("pbkdf2:sha256:1000$", hash, StringComparison.Ordinal);
        Assert.True(PasswordHash.Verify("correct horse battery", hash));
        Assert.False(PasswordHash.Verify("correct horse battery ", hash));
        Assert.NotEqual(hash, PasswordHash.Create("correct horse battery", 1000));
    }

    [Fact]
    public void As_many_rounds_are_made_as_is_recommended() => Assert.Equal(600_000, new BasicAuthOptions().HashRounds);

    [Theory]
    [InlineData("pbkdf2:sha256:1000$salty$f0bff0fbc1c41bd8e1a9e1ad6a1d3ff8b4ebe4a3a6cf2cb0f2ce4c6b5e7e9d11", "password", false)]
    [InlineData("scrypt:32768:8:1$a$b", "password", false)]
    [InlineData("pbkdf2:sha256:x$a$00", "password", false)]
    [InlineData("", "password", false)]
    public void What_is_no_hash_of_the_password_lets_nobody_in(string hash, string password, bool accepted) => Assert.Equal(accepted, PasswordHash.Verify(password, hash));

    [Fact]
    public void Nobody_has_the_password_of_nobody() => Assert.False(PasswordHash.Verify("", PasswordHash.OfNobody(1000)));
}
