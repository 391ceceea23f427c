using System.Globalization;

namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>A number from another source, multiplied: what is recorded as a share is written as a percentage.</summary>
internal sealed record ScaledSource(IClaimSource Source, double Factor) : IClaimSource
{
    public bool NeedsRun => Source.NeedsRun;

    public async Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken)
    {
        var answer = await Source.AskAsync(scene, subject, cancellationToken);
        return answer switch
        {
            { Fault: not null } => answer,
            { Value: null } => ClaimAnswer.OneOf([.. answer.Candidates.Select(candidate => candidate * Factor)]),
            _ when ShownNumber.Read(answer.Value) is { } number => ClaimAnswer.Of(number.Value * Factor),
            _ => ClaimAnswer.Not(string.Create(CultureInfo.InvariantCulture, $"It is \"{answer.Value}\", which cannot be multiplied by {Factor}.")),
        };
    }
}
