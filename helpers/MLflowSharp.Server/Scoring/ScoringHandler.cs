using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Hosting;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Observing;
using MLflowSharp.Server.Scoring.Observing;
using MLflowSharp.Server.Scoring.Reading;
using MLflowSharp.Server.Scoring.Serving;

namespace MLflowSharp.Server.Scoring;

/// <summary>
/// Answers requests by the rules of MLflow's scoring server (mlflow/pyfunc/scoring_server of MLflow 3.17). Errors are as short as their
/// reason: no stack trace, and not the data once more.
/// </summary>
internal sealed class ScoringHandler(ModelSlot slot, ScoringServerOptions options, ScoringMetrics metrics, ScoringLog log)
{
    /// <summary>Where predictions are asked for.</summary>
    public const string InvocationsPath = "/invocations";

    /// <summary>Where answers are told to be wrong.</summary>
    public const string FeedbackPath = "/feedback";

    private const string Json = "application/json";
    private static readonly byte[] NewLine = "\n"u8.ToArray();
    // Quotation marks as they are: people read these lines, and no page does.
    private static readonly ProtocolContext Readable = new(new(ProtocolContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private static readonly byte[] Version = Encoding.ASCII.GetBytes(new RestApiOptions().Version);

    private readonly AccessCheck _access = new(options.Token);
    private readonly BatchingWindow _window = new(options.BatchWindow, options.MaxBatchRows, options.TimeProvider);
    private readonly Dictionary<string, byte[]> _pages = options.Pages.ToDictionary(page => page.Key, page => Encoding.UTF8.GetBytes(page.Value));

    /// <summary>Answers a request.</summary>
    public async Task<RestResponse> AnswerAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var start = options.TimeProvider.GetTimestamp();
        metrics.Began();
        var (answer, rows, error) = await AnswerSafelyAsync(request, cancellationToken);
        var duration = options.TimeProvider.GetElapsedTime(start);
        // Only paths that exist, or whoever asks for others could fill the memory with them.
        metrics.Ended(answer.Status is 404 or 401 ? "other" : request.Path, answer.Status, rows, duration);
        log.Request(request, answer.Status, rows, duration, error);
        return answer;
    }

    private async Task<Outcome> AnswerSafelyAsync(RestRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await RouteAsync(request, cancellationToken);
        }
        catch (MlflowException refusal)
        {
            return new(Error(refusal.ErrorCode, refusal.Message), Error: refusal.Message);
        }
        catch (Exception failure) when (failure is not IOException and not OperationCanceledException)
        {
            log.Fault(failure.ToString());
            return new(Error(ErrorCode.InternalError, $"The model failed: {failure.Message.Split('\n')[0]}"), Error: failure.Message);
        }
    }

    private async Task<Outcome> RouteAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var isReading = request.Method is "GET" or "HEAD";
        var path = request.Path;
        if (path is "/ping" or "/health")
            return new(isReading ? new(200, Json, NewLine) : NotAllowed());
        if (_pages.TryGetValue(path, out var page))
            return new(isReading ? new(200, "text/html; charset=utf-8", page) : NotAllowed());
        if (!_access.Admits(request))
            return new(Unauthorized());
        return path switch
        {
            InvocationsPath => request.Method == "POST" ? await InvokeAsync(request, cancellationToken) : new(NotAllowed()),
            FeedbackPath when options.OnFeedback is { } keep => request.Method == "POST" ? await KeepAsync(request, keep, cancellationToken) : new(NotAllowed()),
            "/version" => new(isReading ? new(200, Json, Version) : NotAllowed()),
            "/metrics" => new(isReading ? Answers.Text(200, metrics.Write(slot.Current.Version), PrometheusText.ContentType) : NotAllowed()),
            _ => new(new(404, Json, "{\"detail\":\"Not Found\"}"u8.ToArray())),
        };
    }

    private async Task<Outcome> InvokeAsync(RestRequest request, CancellationToken cancellationToken)
    {
        if (!ContentType.TryParse(request.Header("Content-Type"), out var isCsv, out var refusal))
            return new(Answers.Text(415, refusal), Error: refusal);
        if (options.RequestTimeout <= TimeSpan.Zero)
            return await RequestBody.ReadAsync(request, options.MaxRequestBytes, cancellationToken) is { } all ? await ScoreAsync(all, isCsv) : TooLarge();

        using var limit = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await RequestBody.ReadAsync(request, options.MaxRequestBytes, either.Token) is not { } body)
                return TooLarge();
            // A model cannot be stopped: it keeps its thread, and the body that it reads, until it is done by itself.
            return await Task.Run(() => ScoreAsync(body, isCsv), CancellationToken.None).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var late = string.Create(CultureInfo.InvariantCulture, $"The request took longer than the {options.RequestTimeout.TotalSeconds} s that this server gives it. Send fewer rows at a time, or start the server with more time.");
            return new(Error(ErrorCode.DeadlineExceeded, late), Error: late);
        }
    }

    private async Task<Outcome> KeepAsync(RestRequest request, Func<LoadedModel, string, CancellationToken, Task<string>> keep, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, options.MaxRequestBytes, cancellationToken) is not { } body)
            return TooLarge();
        string text;
        using (body)
            text = Encoding.UTF8.GetString(body.Content);
        return new(new(200, Json, Encoding.UTF8.GetBytes(await keep(slot.Current.Model, text, cancellationToken))));
    }

    private Outcome TooLarge()
    {
        var message = $"The request is larger than the {options.MaxRequestBytes} bytes that this server takes. Send fewer rows at a time.";
        return new(new(413, Json, ErrorBody(ErrorCode.RequestLimitExceeded, message)), Error: message);
    }

    private async Task<Outcome> ScoreAsync(RequestBody body, bool isCsv)
    {
        using (body)
            return await slot.UseAsync(model => ScoreAsync(model, body, isCsv));
    }

    private async Task<Outcome> ScoreAsync(ServedModel served, RequestBody body, bool isCsv)
    {
        var invocation = isCsv ? served.Reader.ReadCsv(body.Content) : served.Reader.ReadJson(body.Content);
        var predictions = await PredictAsync(served.Model, invocation);
        var json = new ArrayBufferWriter<byte>(PredictionWriter.SizeOf(predictions));
        PredictionWriter.Write(json, predictions, invocation.IsFrame && ScoringProtocol.GivesRecords(served.Model));
        _ = MemoryMarshal.TryGetArray(json.WrittenMemory, out var written);
        return new(RestResponse.OfJson(200, written), invocation.Data.RowCount);
    }

    private async Task<ModelData> PredictAsync(LoadedModel model, Invocation invocation)
    {
        try
        {
            return ScoringProtocol.Settings(invocation.Params) is { } settings
                ? model.Predict(invocation.Data, settings)
                : await _window.PredictAsync(model, invocation.Data);
        }
        catch (Exception failure) when (failure is not (MlflowException or ObjectDisposedException))
        {
            log.Fault(failure.ToString());
            throw new MlflowException(
                $"Encountered an unexpected error while evaluating the model. Verify that the input is compatible with the model for inference: {failure.Message.Split('\n')[0]}", ErrorCode.BadRequest, failure);
        }
    }

    private static RestResponse NotAllowed() => new(405, Json, "{\"detail\":\"Method Not Allowed\"}"u8.ToArray());

    private static RestResponse Unauthorized()
    {
        var answer = new RestResponse(401, Json, ErrorBody(ErrorCode.Unauthenticated, "You are not authenticated. Send the server's token with the request: Authorization: Bearer TOKEN."));
        answer.Headers["WWW-Authenticate"] = "Bearer";
        return answer;
    }

    private static RestResponse Error(ErrorCode code, string message) => new(code.ToHttpStatus(), Json, ErrorBody(code, message));

    private static byte[] ErrorBody(ErrorCode code, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new ErrorMessage { ErrorCode = code.ToMlflowName(), Message = message }, Readable.ErrorMessage);

    /// <summary>An answer, and what is told of it.</summary>
    private readonly record struct Outcome(RestResponse Answer, int Rows = 0, string? Error = null);
}
