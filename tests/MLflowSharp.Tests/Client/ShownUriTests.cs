using System.Net;
using System.Text;
using MLflowSharp.Tests.Fluent;
using MLflowSharp.Tests.Stores.Rest;

namespace MLflowSharp.Tests.Client;

public sealed class ShownUriTests : FluentTest
{
    private const string Secret = "s3cret";

    [Theory]
    [InlineData("https://maija:s3cret@tracking.example:5000/mlflow", "https://tracking.example:5000/mlflow")]
    [InlineData("http://tracking.example/?token=s3cret", "http://tracking.example/")]
    [InlineData("postgresql://maija:s3cret@db.example/mlflow", "postgresql://db.example/mlflow")]
    [InlineData("postgresql+psycopg2://maija@db.example/mlflow?password=s3cret", "postgresql+psycopg2://db.example/mlflow")]
    [InlineData("http://tracking.example", "http://tracking.example")]
    public void A_client_shows_where_it_stores_and_no_secret(string uri, string shown)
    {
        using var client = new MlflowClient(uri, new() { Http = new() { Password = Secret, Token = Secret }, S3 = new() { SecretAccessKey = Secret, EndpointUrl = uri } });
        using var other = new MlflowClient($"sqlite:///{Folder.DatabasePath}", registryUri: uri);

        Assert.Equal((shown, shown, $"MlflowClient of {shown}"), (client.TrackingUri, client.RegistryUri, $"{client}"));
        Assert.Equal((Folder.TrackingUri, shown, $"MlflowClient of {Folder.TrackingUri}, registry {shown}"), (other.TrackingUri, other.RegistryUri, $"{other}"));
        Assert.Equal($"{client}", Assert.Single(client.ToDisplayBundle()).Value);
        Assert.All(
            (object[])[client, other, client.Options, client.Options.Http, client.Options.S3, .. client.ToDisplayBundle().Values, .. client.Options.ToDisplayBundle().Values,
                .. client.Options.Http.ToDisplayBundle().Values, .. client.Options.S3.ToDisplayBundle().Values],
            value => Assert.DoesNotContain(Secret, $"{value}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_whose_uri_has_a_password_sends_it_and_so_does_one_that_is_given_the_fluent_functions_uri()
    {
        var server = new FakeServer(FakeServer.Answer(HttpStatusCode.OK, """{"experiment": {"experiment_id": "1", "name": "e", "lifecycle_stage": "active"}}"""));
        var options = new MlflowClientOptions { Http = new() { Handler = server } };
        Mlflow.SetTrackingUri($"https://maija:{Secret}@tracking.example", options);

        Assert.Equal("e", Mlflow.GetExperiment("1").Name);
        using (var another = new MlflowClient(Mlflow.GetTrackingUri(), options))
            Assert.Equal("e", another.GetExperiment("1").Name);

        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"maija:{Secret}"))}";
        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, request => Assert.Equal(expected, request.Headers["Authorization"]));
        Assert.Equal("https://tracking.example", Mlflow.Client.TrackingUri);
    }

    [Fact]
    public void Another_password_is_another_store_for_the_fluent_functions()
    {
        Mlflow.SetTrackingUri("https://maija:one@tracking.example");
        var first = Mlflow.Client;
        Mlflow.SetTrackingUri("https://maija:two@tracking.example");

        Assert.NotSame(first, Mlflow.Client);
        Assert.Same(Mlflow.Client, Mlflow.Client);
    }
}
