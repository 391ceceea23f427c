using System.Text.Json;
using System.Text.Unicode;

namespace MLflowSharp.Server.Messages;

/// <summary>Refuses texts that are none before anybody reads them: JSON's reader notices such a fault only when it comes to the value.</summary>
internal static class JsonText
{
    /// <summary>Checks that a request's bytes are UTF-8, and that no escape in it is half of a character.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw MlflowException.Invalid("The request holds bytes that are no UTF-8 text. Send JSON in UTF-8.");
        if (json.IndexOf(@"\ud"u8) < 0 && json.IndexOf(@"\uD"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException error)
        {
            throw new MlflowException(@"The request holds half of a character: an escape \uD800 to \uDFFF without its other half. Send whole characters.", ErrorCode.InvalidParameterValue, error);
        }
        catch (JsonException)
        {
            // It is no JSON; whoever reads it says what that means.
        }
    }
}
