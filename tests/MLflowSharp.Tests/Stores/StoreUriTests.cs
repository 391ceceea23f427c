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
    [InlineData("https://me:secret@host/p@th?token=1", "https://th")]
    [InlineData("https://host/p@th?token=1", "https://host/p@th")]
    [InlineData("ftp://me@host", "ftp://host")]
    [InlineData("http://host:5000/~user@place?mail=a@b", "http://host:5000/~user@place")]
    [InlineData("http://user:5000@host/path", "http://host/path")]
    [InlineData("http://[::1]:5000/path", "http://[::1]:5000/path")]
    [InlineData("postgresql://user:se?cret#1@host/db", "postgresql://host/db")]
    [InlineData("postgresql+psycopg2://user@host/db?password=secret", "postgresql+psycopg2://host/db")]
    [InlineData("s3://bucket/p@th", "s3://bucket/p@th")]
    [InlineData("s3://bucket?x=a@b", "s3://bucket")]
    [InlineData("mlflow-artifacts:/a@b?token=secret", "mlflow-artifacts:/a@b")]
    [InlineData("file:///home/me@work/C#/what?", "file:///home/me@work/C#/what?")]
    [InlineData("file://me:secret@server/share", "file://server/share")]
    [InlineData("/local/what?a@b", "/local/what?a@b")]
    [InlineData("C:\\mlruns#1", "C:\\mlruns#1")]
    [InlineData("", "")]
    [InlineData("://", "://")]
    [InlineData("http://", "http://")]
    [InlineData("http://@", "http://")]
    public void A_uri_is_shown_without_name_password_query_and_fragment(string uri, string shown) => Assert.Equal(shown, StoreUri.WithoutSecrets(uri));
}
