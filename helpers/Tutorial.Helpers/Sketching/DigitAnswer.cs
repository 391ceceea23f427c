namespace Tutorial.Helpers;

/// <summary>What a model says of a drawing.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Probabilities">The probability of each digit: ten values between 0 and 1.</param>
public sealed record DigitAnswer(string Model, IReadOnlyList<double> Probabilities)
{
    /// <summary>The most probable digit.</summary>
    public int Digit => Probabilities.Index().MaxBy(each => each.Item).Index;
}
