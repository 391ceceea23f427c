using Benchmarks;

if (args is [FirstMetric.Argument, var trackingUri])
{
    FirstMetric.Log(trackingUri);
    return 0;
}

IMeasurement[] measurements = [new KernelTimes(), new EpochTimes(), new AutologTimes(), new LogMetricRate(), new SearchTimes(), new RestTimes(), new TrackingTimes(), new UploadTimes(), new ServingTimes(), new RunnerTimes()];
Arguments arguments;
try
{
    arguments = Arguments.Parse(args, [.. measurements.Select(measurement => measurement.Name), TesterComparison.Name, DrawingAccuracy.Name]);
}
catch (ArgumentException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 2;
}

if (arguments.Commands)
{
    await foreach (var (name, shown) in ReadmeCommands.RunAsync())
    {
        Console.WriteLine(shown);
        if (arguments.Write)
            Readme.Write(Checkout.Path("README.md"), name, shown);
    }

    return 0;
}

foreach (var measurement in measurements.Where(measurement => arguments.Only is null || measurement.Name == arguments.Only))
{
    await Console.Error.WriteLineAsync($"Measuring {measurement.Name}, {arguments.Rounds} rounds …");
    var block = $"""
        {MarkdownTable.Write(await measurement.RunAsync(arguments.Rounds))}
        Medians of {arguments.Rounds} rounds in which all took turns, with the range; one thread. {Machine.Describe(TimeProvider.System)}

        """;
    Console.Write(block);
    if (arguments.Write)
        Readme.Write(Checkout.Path("README.md"), $"benchmarks-{measurement.Name}", block);
}

if (arguments.Only is null or TesterComparison.Name)
{
    await Console.Error.WriteLineAsync($"Comparing {TesterComparison.Name} …");
    var columns = await TesterComparison.RunAsync();
    var summary = $"{TesterTables.Summary(columns)}\n{Machine.Describe(TimeProvider.System)}\n";
    var notebooks = TesterTables.Notebooks(columns);
    Console.Write($"{summary}\n{notebooks}");
    if (arguments.Write)
    {
        Readme.Write(Checkout.Path("docs", "notebook-testers.md"), TesterComparison.Name, summary);
        Readme.Write(Checkout.Path("docs", "notebook-testers.md"), $"{TesterComparison.Name}-notebooks", notebooks);
        Readme.Write(Checkout.Path("tests", "NotebookTestRunner", "README.md"), TesterComparison.Name, summary);
    }
}

if (arguments.Only is null or DrawingAccuracy.Name)
{
    await Console.Error.WriteLineAsync($"Reading drawings …");
    var table = DrawingAccuracy.Run();
    Console.Write(table);
    if (arguments.Write)
        Readme.Write(Checkout.Path("docs", "drawing.md"), DrawingAccuracy.Name, table);
}

return 0;
