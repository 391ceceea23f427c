using System.IO.Pipes;
using System.Text;
using JupyterProtocol;

namespace CSharpKernel.Execution;

/// <summary>One of the process's own outputs (descriptor 1 or 2), turned into a pipe whose other end this process reads.</summary>
internal sealed class CapturedDescriptor : IDisposable
{
    private const int ChunkSize = 64 * 1024;
    private const int StackSize = 256 * 1024;

    // More than a pipe holds: what was written before the question is read, and who goes on writing does not keep the cell waiting.
    private const int MostOfDrain = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly string _name;
    private readonly TextWriter _outside;
    private readonly Lock _reading = new();
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[ChunkSize];
    private readonly char[] _text = new char[ChunkSize + 1];

    private CapturedDescriptor(string name, TextWriter outside) => (_name, _outside) = (name, outside);

    /// <summary>Redirects a descriptor, and reads what arrives until the process ends.</summary>
    /// <param name="descriptor">1 or 2.</param>
    /// <param name="name">The stream's name in the notebook.</param>
    /// <param name="outside">Where text goes while no cell has run.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static CapturedDescriptor Begin(int descriptor, string name, TextWriter outside)
    {
        var captured = new CapturedDescriptor(name, outside);
        // The pipe's own writing end stays open as well: code that closes the descriptor ends nothing.
        Platform.Redirect(descriptor, captured._pipe.ClientSafePipeHandle);
        new Thread(captured.ReadAll, StackSize) { IsBackground = true, Name = $"Reads {name}" }.Start();
        return captured;
    }

    /// <summary>Reads what has been written so far.</summary>
    public void Drain()
    {
        var (count, read) = (0, 0);
        do
        {
            // Waited for also when the pipe is empty: what was in it may be just on its way to the cell.
            if (!_reading.TryEnter(Patience))
                return;
            try
            {
                read = Read();
            }
            finally
            {
                _reading.Exit();
            }

            count += read;
        }
        while (read > 0 && count < MostOfDrain);
    }

    /// <summary>Closes the pipe; who writes to the descriptor after that gets an error.</summary>
    public void Dispose() => _pipe.Dispose();

    private void ReadAll()
    {
        while (true)
        {
            Platform.HasBytes(_pipe.SafePipeHandle, Timeout.Infinite);
            lock (_reading)
                Read();
        }
    }

    // Inside the lock.
    private int Read()
    {
        // Somebody else may have been faster.
        if (!Platform.HasBytes(_pipe.SafePipeHandle, 0))
            return 0;
        var count = _pipe.Read(_bytes);
        // What is no UTF-8 is shown as such; a character that arrives in two pieces is put together.
        var text = _text.AsSpan(0, _decoder.GetChars(_bytes.AsSpan(0, count), _text, flush: false));
        if (CellContext.Latest is { } cell)
            cell.Pass(_name, text);
        else
            _outside.Write(text);
        return count;
    }
}
