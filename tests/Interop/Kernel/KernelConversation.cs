using System.Text.Json.Nodes;

namespace Interop.Kernel;

/// <summary>One conversation of Jupyter's own client with our kernel, held once for all tests of it.</summary>
public class KernelConversation : IDisposable
{
    private readonly Lazy<Task<JsonNode>> _answers;
    private readonly KernelFolder _folder = new();

    /// <summary>Makes a conversation; it is held when the first test asks for it.</summary>
    public KernelConversation() : this("drive_kernel")
    {
    }

    /// <summary>Makes another conversation.</summary>
    /// <param name="script">The script in <c>Python/</c> that holds it.</param>
    protected KernelConversation(string script) => _answers = new(() => PythonEnvironment.Require().RunWithJupyterAsync(script, _folder.FullName));

    /// <summary>What the kernel answered at one point of the script.</summary>
    public async Task<JsonNode> AnswerAsync(string point)
    {
        PythonEnvironment.Require();
        return (await _answers.Value)[point]!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
