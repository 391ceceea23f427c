using System.Text.Json.Nodes;

namespace Interop.Kernel;

/// <summary>One conversation of Jupyter's own client with our kernel, held once for all tests of it.</summary>
public sealed class KernelConversation : IDisposable
{
    private readonly Lazy<Task<JsonNode>> _answers;
    private readonly KernelFolder _folder = new();

    /// <summary>Makes a conversation; it is held when the first test asks for it.</summary>
    public KernelConversation() => _answers = new(() => PythonEnvironment.Require().RunWithJupyterAsync("drive_kernel", _folder.FullName));

    /// <summary>What the kernel answered at one point of <c>Python/drive_kernel.py</c>.</summary>
    public async Task<JsonNode> AnswerAsync(string point)
    {
        PythonEnvironment.Require();
        return (await _answers.Value)[point]!;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
