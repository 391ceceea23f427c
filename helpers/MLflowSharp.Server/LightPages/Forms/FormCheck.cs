using System.Security.Cryptography;
using System.Text;

namespace MLflowSharp.Server.LightPages.Forms;

/// <summary>
/// Lets only forms of our own pages change something: the browser says that the page is of this origin, and the form carries a secret that pages of
/// others cannot read.
/// </summary>
internal sealed class FormCheck
{
    /// <summary>The secret. It lasts as long as the server.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Refuses a form of others.</summary>
    /// <exception cref="MlflowException">PERMISSION_DENIED.</exception>
    public void Check(PageCall call)
    {
        if (!IsOfThisOrigin(call.Request))
            throw new MlflowException("This form was sent by a page of another address, and nothing was changed. Open the page on this server and try again.", ErrorCode.PermissionDenied);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(call.Filled("form-token")), Encoding.UTF8.GetBytes(Token)))
            throw new MlflowException("The page is older than the server, which was started again meanwhile, and nothing was changed. Reload the page and try again.", ErrorCode.PermissionDenied);
    }

    private static bool IsOfThisOrigin(RestRequest request)
    {
        if (request.Header("Sec-Fetch-Site") is { } site)
            return site == "same-origin";
        // Browsers leave the header above out where the connection is not secure.
        if (request.Header("Origin") is not { } origin)
            return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (uri.Authority == request.Header("Host") || uri.Authority == request.Header("X-Forwarded-Host"));
    }
}
