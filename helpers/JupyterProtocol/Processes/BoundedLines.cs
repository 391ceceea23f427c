using System.Text;

namespace JupyterProtocol.Processes;

/// <summary>Reads what a process writes line by line. A line without end, which would fill the memory, is cut.</summary>
internal static class BoundedLines
{
    private const int MostCharacters = 4000;

    /// <summary>Reads to the end.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="take">Called with each line.</param>
    public static async Task ReadAsync(TextReader reader, Action<string> take)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            {
                for (var i = 0; i < read; i++)
                {
                    var c = buffer[i];
                    if (c == '\n') Flush();
                    else if (c != '\r' && line.Length < MostCharacters) line.Append(c);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone, and its pipe with it.
            System.Diagnostics.Debug.WriteLine(exception.Message);
        }
        if (line.Length > 0) Flush();

        void Flush()
        {
            take(line.Length < MostCharacters ? line.ToString() : $"{line}…");
            line.Clear();
        }
    }
}
