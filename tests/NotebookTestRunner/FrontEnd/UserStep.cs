namespace NotebookTestRunner.FrontEnd;

/// <summary>One thing the simulated user does, or waits to see.</summary>
/// <param name="Kind">What kind of step.</param>
/// <param name="Widget">The widget's name as a reader would call it: its description, title or text; empty for none.</param>
/// <param name="Value">The answer, the value to set, the file to draw, or what is expected.</param>
/// <param name="Text">The step as it was written, for messages.</param>
public sealed record UserStep(UserStepKind Kind, string Widget, string Value, string Text);
