namespace Tutorial.Cli.Faults;

/// <summary>Why a verb gave up. The message is for the user: what went wrong, where, and what to do next.</summary>
/// <param name="message">The sentence to print.</param>
/// <param name="innerException">The cause.</param>
public sealed class CliException(string message, Exception? innerException = null) : Exception(message, innerException);
