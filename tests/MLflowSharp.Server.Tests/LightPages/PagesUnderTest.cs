using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MLflowSharp.Artifacts;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Tests.LightPages;

/// <summary>Our pages over empty stores in memory, asked as a browser without script asks them.</summary>
internal sealed partial class PagesUnderTest : IDisposable
{
    private readonly ApiUnderTest _api = new();

    public ITrackingStore Store => _api.Stores.Tracking;

    public IModelRegistryStore Registry => _api.Stores.Registry;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Assert.Empty(_api.Errors);
        _api.Dispose();
    }

    public Task<Answer> GetAsync(string page, params (string Name, string Value)[] headers) => _api.SendAsync("GET", "/light/" + page, null, [("Host", "127.0.0.1:5000"), .. headers]);

    /// <summary>Sends the form of a page that has this action, with what a reader fills in.</summary>
    public async Task<Answer> SendAsync(string page, string action, params (string Key, string Value)[] filled)
    {
        var form = Form().Matches((await GetAsync(page)).Text).Select(match => match.Value).First(form => form.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        var hidden = Hidden().Matches(form).Select(match => (WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value)));
        return await PostAsync(action, [.. hidden, .. filled]);
    }

    public async Task<Answer> PostAsync(string action, (string Key, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        var request = new RestRequest
        {
            Method = "POST",
            Target = "/light/" + action,
            Headers = headers.Append(("Content-Type", "application/x-www-form-urlencoded")).Append(("Host", "127.0.0.1:5000")).ToDictionary(header => header.Item1, header => header.Item2),
            Body = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{WebUtility.UrlEncode(field.Key)}={WebUtility.UrlEncode(field.Value)}")))),
        };
        return await Answer.OfAsync(await _api.Api.HandleAsync(request, Cancellation));
    }

    /// <summary>The secret of the forms.</summary>
    public async Task<string> TokenAsync() => Hidden().Matches((await GetAsync("models")).Text).First(match => match.Groups[1].Value == "form-token").Groups[2].Value;

    public async Task<string> ExperimentAsync(string name) => await Store.CreateExperimentAsync(name, null, null, Cancellation);

    /// <summary>Makes a run that has ended, with a metric of three steps.</summary>
    public async Task<string> RunAsync(string experiment, string name, double loss = 0.5, params Param[] parameters)
    {
        var run = (await Store.CreateRunAsync(experiment, "aino", DateTimeOffset.UnixEpoch.AddDays(20000), null, name, Cancellation)).Info.RunId;
        Metric[] metrics = [new("loss", loss * 4, 1000, 0), new("loss", loss * 2, 2000, 1), new("loss", loss, 3000, 2), new("accuracy", 1 - loss, 3000, 2)];
        await Store.LogBatchAsync(run, metrics, parameters, [], Cancellation);
        await Store.UpdateRunInfoAsync(run, RunStatus.Finished, DateTimeOffset.UnixEpoch.AddDays(20000).AddSeconds(90), null, Cancellation);
        return run;
    }

    /// <summary>Makes a logged model of a run.</summary>
    public async Task<LoggedModel> ModelAsync(string experiment, string run)
    {
        var model = await Store.CreateLoggedModelAsync(experiment, "net", run, null, null, null, Cancellation);
        await Store.FinalizeLoggedModelAsync(model.ModelId, LoggedModelStatus.Ready, Cancellation);
        await Store.LogOutputsAsync(run, [new(model.ModelId, 2)], Cancellation);
        return model;
    }

    /// <summary>Writes a file of a run.</summary>
    public async Task WriteAsync(string run, string path, string text)
    {
        var uri = (await Store.GetRunAsync(run, Cancellation)).Info.ArtifactUri;
        var file = Path.Combine(_api.Folder, ArtifactPath.Combine(uri["mlflow-artifacts:/".Length..].TrimStart('/'), path));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, Cancellation);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
