using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Stores;

public sealed class StoreUriTests
{
    [Theory]
    [InlineData("http://a:b@host/p?q=1#f", "http://host/p")]
    [InlineData("https://user:secret@host:5000/path/?token=secret#x", "https://host:5000/path/")]
    [InlineData("http://host/~user@place", "http://host/~user@place")]
    [InlineData("http://a:b@c/d@host/p", "http://host/p")]
    [InlineData("http://localhost:5000", "http://localhost:5000")]
    [InlineData("postgresql://user:se@cret@host/db", "postgresql://host/db")]
    [InlineData("postgresql://user:se/cret@host/db", "postgresql://host/db")]
    [InlineData("sqlite:///a@b.db", "sqlite:///a@b.db")]
    [InlineData("sqlite:////a/b#1?.db", "sqlite:////a/b#1?.db")]
    [InlineData("no uri", "no uri")]
    public void A_uri_is_shown_without_name_password_query_and_fragment(string uri, string shown) => Assert.Equal(shown, StoreUri.WithoutSecrets(uri));
}
