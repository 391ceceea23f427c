namespace Tutorial.Helpers;

/// <summary>One line of an <see cref="EnvironmentReport"/>.</summary>
/// <param name="Name">What was looked at, for example <c>MNIST</c>.</param>
/// <param name="Passed">Whether it is as the course needs it.</param>
/// <param name="Detail">What was found; where it failed, also what to do.</param>
public sealed record EnvironmentItem(string Name, bool Passed, string Detail);
