using System.Text;

namespace MLflowSharp;

/// <summary>Error codes as MLflow's REST interface writes them.</summary>
public static class ErrorCodeExtensions
{
    private static readonly Dictionary<string, ErrorCode> Codes = Enum.GetValues<ErrorCode>().ToDictionary(ToMlflowName, StringComparer.Ordinal);

    /// <summary>MLflow's name of the code, such as <c>INVALID_PARAMETER_VALUE</c>.</summary>
    /// <param name="code">The code.</param>
    public static string ToMlflowName(this ErrorCode code)
    {
        var name = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
                name.Append('_');
            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }

    /// <summary>The HTTP status that MLflow's server answers with.</summary>
    /// <param name="code">The code.</param>
    public static int ToHttpStatus(this ErrorCode code) => code switch
    {
        ErrorCode.BadRequest or ErrorCode.InvalidParameterValue or ErrorCode.ResourceAlreadyExists => 400,
        ErrorCode.Unauthenticated or ErrorCode.CustomerUnauthorized => 401,
        ErrorCode.PermissionDenied => 403,
        ErrorCode.EndpointNotFound or ErrorCode.NotFound or ErrorCode.ResourceDoesNotExist => 404,
        ErrorCode.Aborted or ErrorCode.ResourceConflict or ErrorCode.AlreadyExists => 409,
        ErrorCode.RequestLimitExceeded or ErrorCode.ResourceExhausted => 429,
        ErrorCode.Cancelled => 499,
        ErrorCode.NotImplemented => 501,
        ErrorCode.TemporarilyUnavailable => 503,
        ErrorCode.DeadlineExceeded => 504,
        _ => 500,
    };

    /// <summary>The code of a name such as <c>INVALID_PARAMETER_VALUE</c>; <see cref="ErrorCode.InternalError"/> for one that is not known.</summary>
    /// <param name="name">MLflow's name.</param>
    public static ErrorCode FromMlflowName(string? name) => name is not null && Codes.TryGetValue(name, out var code) ? code : ErrorCode.InternalError;
}
