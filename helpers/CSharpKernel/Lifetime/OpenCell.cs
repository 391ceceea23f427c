using System.Text.Json.Serialization;
using CSharpKernel.Execution;
using JupyterProtocol.Messages;

namespace CSharpKernel.Lifetime;

/// <summary>A cell that runs, its request not answered yet: what a front end has to be told about should the process not live to answer.</summary>
/// <param name="Request">The header of the request that runs it.</param>
/// <param name="Number">Its execution count.</param>
/// <param name="FirstLine">Its first line, cut short.</param>
internal sealed record OpenCell(MessageHeader Request, int Number, string FirstLine) : IDisposable
{
    private const int FirstLineLimit = 80;
    private readonly TaskCompletionSource<CellError> _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called when the cell has ended.</summary>
    [JsonIgnore]
    public Action<OpenCell>? Closed { get; init; }

    /// <summary>Completes when the process ends before the cell does, with what the front end is to show.</summary>
    [JsonIgnore]
    public Task<CellError> CutOff => _cutOff.Task;

    /// <summary>The cell as messages name it, such as <c>cell 3 (var x = 1;)</c>.</summary>
    [JsonIgnore]
    public string Name => FirstLine.Length == 0 ? CellFrame.NameOf(Number) : $"{CellFrame.NameOf(Number)} ({FirstLine})";

    /// <summary>Describes a cell that is about to run.</summary>
    public static OpenCell Of(MessageHeader request, int number, string code)
    {
        var line = code.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd();
        var first = line.Length <= FirstLineLimit ? line.ToString() : $"{line[..FirstLineLimit]}…";
        return new OpenCell(request, number, first);
    }

    /// <summary>Answers for the cell, because the process ends.</summary>
    public void Cut(CellError error) => _cutOff.TrySetResult(error);

    /// <summary>The cell has ended.</summary>
    public void Dispose() => Closed?.Invoke(this);
}
