namespace MLflowSharp.TorchSharp;

/// <summary>The growing state of one parameter tensor under an optimizer.</summary>
internal abstract class ParameterUpdate
{
    /// <summary>Moves the parameters against their gradients and sets the gradients to zero, all in one pass over memory.</summary>
    /// <param name="parameters">The values to move.</param>
    /// <param name="gradients">Their gradients, of the same length.</param>
    public abstract void Step(Span<float> parameters, Span<float> gradients);
}
