using System.Net;
using System.Security.Authentication;
using System.Text;
using MLflowSharp.Stores;
using static MLflowSharp.Tests.Stores.Rest.FakeServer;

namespace MLflowSharp.Tests.Stores.Rest;

/// <summary>Secrets in every place that has some, and servers and handlers that fail in every way and repeat what they were sent.</summary>
public sealed class SecretTests : RestTest
{
    private const string Password = "s3cret/pass word";
    private const string Token = "tok-0123456789abcdef";

    private const string TokenEchoes = $"{Token} Bearer {Token}";
    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"maija:{Password}"));
    private static readonly string PasswordEchoes = $"maija:{Password} {Uri.EscapeDataString(Password)} Basic {Basic}";

    public static TheoryData<string> Failures() =>
        ["status 401", "status 403", "status 404", "status 500", "status 302", "page", "echo", "wrong json", "refused", "tls", "timeout", "odd", "nested"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task No_failure_shows_a_password_in_the_uri(string failure) =>
        await Check(failure, http => http, $"http://maija:{Uri.EscapeDataString(Password)}@tracking.example/mlflow?q=1#f", PasswordEchoes);

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task No_failure_shows_a_password(string failure) =>
        await Check(failure, http => http with { Username = "maija", Password = Password, Token = Token }, "http://tracking.example", $"{PasswordEchoes} {TokenEchoes}");

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task No_failure_shows_a_token(string failure) => await Check(failure, http => http with { Token = Token }, "http://tracking.example", TokenEchoes);

    [Fact]
    public void The_text_of_the_options_hides_the_secrets()
    {
        var options = new MlflowClientOptions { Http = new() { Username = "maija", Password = Password, Token = Token } };

        AssertNoSecret($"{options} {options.Http}");
    }

    [Theory]
    [InlineData("ftp://maija:s3cret/pass word@tracking.example/x?token=tok-0123456789abcdef")]
    [InlineData("http://maija:s3cret/pass word@tracking.example:port/")]
    [InlineData("databricks://maija:s3cret/pass word@tracking.example")]
    public void A_uri_that_is_refused_is_shown_without_its_secrets(string uri) =>
        AssertNoSecret(Assert.Throws<MlflowException>(() => StoreFactory.Open(uri, new MlflowClientOptions())).ToString());

    private async Task Check(string failure, Func<MlflowHttpOptions, MlflowHttpOptions> change, string uri, string echoes)
    {
        var server = new FakeServer(Failing(failure, echoes));
        using var stores = Open(server, http => change(http) with { MaxRetries = 3 }, uri);

        var error = await Refused(() => stores.Tracking.CreateExperimentAsync("e", null, null));

        AssertNoSecret(error.ToString());
        AssertNoSecret(string.Join('\n', Warnings));
        Assert.Contains("Authorization", server.Requests[0].Headers.Keys);
        Assert.DoesNotContain(Password, server.Requests[0].Line, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, server.Requests[0].Line, StringComparison.Ordinal);
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Failing(string failure, string echoes)
    {
        // So long that what is quoted of it is cut in the middle of a secret.
        var all = string.Join(' ', Enumerable.Repeat(echoes, 60));
        return failure switch
        {
            "status 302" => Answer(HttpStatusCode.Found, all, "text/plain", response => response.Headers.Location = new($"http://maija:{Uri.EscapeDataString(Password)}@elsewhere.example/login?t={Token}#{Token}")),
            "page" => Answer(HttpStatusCode.OK, $"<html><title>Log in {all}</title>{all}", "text/html"),
            "echo" => async (request, _) => new(HttpStatusCode.BadRequest)
            {
                Content = new StringContent($$"""{"error_code": "BAD_REQUEST", "message": "{{string.Join(' ', request.Headers.Select(header => string.Join(' ', header.Value)))}}"}"""),
            },
            "wrong json" => Answer(HttpStatusCode.OK, $"{{\"experiment_id\": [\"{all}\"]}}"),
            "refused" => Fail(new HttpRequestException(HttpRequestError.ConnectionError, all)),
            "tls" => Fail(new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new AuthenticationException(all))),
            "timeout" => Fail(new TaskCanceledException(all)),
            "odd" => Fail(new InvalidOperationException(all)),
            "nested" => Fail(new IOException("x", new InvalidOperationException("y", new FormatException(all)))),
            _ => Error((HttpStatusCode)int.Parse(failure["status ".Length..], System.Globalization.CultureInfo.InvariantCulture), "INTERNAL_ERROR", all),
        };
    }

    private static void AssertNoSecret(string text)
    {
        // The first half of each too: a text that was cut may end in it.
        foreach (var secret in ((string[])[Password, Uri.EscapeDataString(Password), Token, Basic]).SelectMany(secret => (string[])[secret, secret[..(secret.Length / 2)]]))
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }
}
