using System.Net;
using System.Text;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.LightPages;

/// <summary>What a page is asked: the query, and for a form what was filled in.</summary>
/// <param name="call">The request.</param>
/// <param name="formToken">What forms of this server carry.</param>
internal sealed class PageCall(RestCall call, string formToken)
{
    /// <summary>What people may type into a form: 1 MB.</summary>
    private const int LongestForm = 1 << 20;

    private readonly List<(string Key, string Value)> _query = [.. call.Query.Select(item => (item.Key, item.Value))];

    public RestCall Rest => call;

    public RestRequest Request => call.Request;

    public string FormToken => formToken;

    /// <summary>What was filled in; empty unless a form was sent.</summary>
    public IReadOnlyList<(string Key, string Value)> Form { get; private init; } = [];

    /// <summary>Why a form that was sent from this page could not be carried out; null when none was.</summary>
    public MlflowException? Error { get; private init; }

    /// <summary>The query, in its order.</summary>
    public IReadOnlyList<(string Key, string Value)> Query => _query;

    /// <summary>Our page's name and query, as they were asked for.</summary>
    public string Here => call.Request.Path[(call.Request.Path.LastIndexOf('/') + 1)..] + (call.Request.Query.Length > 0 ? "?" + call.Request.Query : "");

    /// <summary>A value of the query; empty when it is not there.</summary>
    public string this[string key] => _query.Find(item => item.Key == key).Value ?? "";

    /// <summary>All values of a key of the query.</summary>
    public List<string> All(string key) => [.. _query.Where(item => item.Key == key && item.Value.Length > 0).Select(item => item.Value)];

    /// <summary>A value of the query that has to be there.</summary>
    public string Required(string key) => this[key] is { Length: > 0 } value ? value
        : throw new MlflowException($"The address of this page lacks '{key}'. Go there by a link of another page.", ErrorCode.BadRequest);

    /// <summary>A value of the form; empty when it is not there.</summary>
    public string Filled(string key) => Form.FirstOrDefault(item => item.Key == key).Value ?? "";

    /// <summary>A value of the form that has to be there.</summary>
    public string RequiredFilled(string key) => Filled(key) is { Length: > 0 } value ? value : throw MlflowException.Invalid($"Fill in '{key}'.");

    /// <summary>The same page with some keys of its query changed; null removes one.</summary>
    public string With(params (string Key, string? Value)[] changes)
    {
        var kept = _query.Where(item => item.Key != "done" && !changes.Any(change => change.Key == item.Key)).Select(item => (item.Key, (string?)item.Value));
        return Address.Of(Here.Split('?')[0], [.. kept, .. changes]);
    }

    /// <summary>Reads what was filled in.</summary>
    public async Task<PageCall> ReadFormAsync(CancellationToken cancellationToken)
    {
        if (call.Request.Header("Content-Type")?.Split(';')[0].Trim() != "application/x-www-form-urlencoded")
            throw MlflowException.Invalid("This address takes what a form of its page sends. Open the page and use its buttons.");
        var body = await RestCall.ReadAsync(call.Request.Body, LongestForm, "What was filled in is longer than 1 MB.", cancellationToken);
        var fields = Encoding.UTF8.GetString(body.Span).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2));
        // Browsers end the lines of a text with CR LF; everybody else writes LF.
        return new(call, formToken)
        {
            Form = [.. fields.Select(field => (WebUtility.UrlDecode(field[0]), field.Length > 1 ? WebUtility.UrlDecode(field[1]).ReplaceLineEndings("\n") : ""))],
        };
    }

    /// <summary>The page that a form was on, asked for again to say there what went wrong.</summary>
    public PageCall Back(string address, MlflowException error) =>
        new(new RestCall(call.Request with { Method = "GET", Target = "/light/" + address }, new Dictionary<string, string>()), formToken) { Form = Form, Error = error };
}
