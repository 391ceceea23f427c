namespace Tutorial.Helpers;

/// <summary>One line of a line chart, or one colour of a bar chart.</summary>
/// <param name="Name">What the legend calls it, for example a run's name.</param>
/// <param name="Values">The values, for example one loss per epoch.</param>
/// <param name="Positions">Where the values stand on the x axis; when left out, 1, 2, 3 … Bar charts do not use it.</param>
public sealed record Series(string Name, IReadOnlyList<double> Values, IReadOnlyList<double>? Positions = null);
