namespace MLflowSharp.Protocol;

/// <summary>What a run used, on the wire. It is written even when it is empty, as MLflow writes it.</summary>
internal sealed record RunInputsMessage
{
    public IReadOnlyList<DatasetInputMessage>? DatasetInputs { get; set; }

    public IReadOnlyList<ModelInputMessage>? ModelInputs { get; set; }

    public static RunInputsMessage From(RunInputs inputs) => new()
    {
        DatasetInputs = inputs.DatasetInputs.Count == 0 ? null : [.. inputs.DatasetInputs.Select(DatasetInputMessage.From)],
        ModelInputs = inputs.ModelInputs.Count == 0 ? null : [.. inputs.ModelInputs.Select(ModelInputMessage.From)],
    };

    public RunInputs ToEntity() => new([.. (DatasetInputs ?? []).Select(input => input.ToEntity())])
    {
        ModelInputs = [.. (ModelInputs ?? []).Select(input => input.ToEntity())],
    };
}

/// <summary>What a run made, on the wire. It is written even when it is empty, as MLflow writes it for every run but a new one.</summary>
internal sealed record RunOutputsMessage
{
    public IReadOnlyList<ModelOutputMessage>? ModelOutputs { get; set; }

    public static RunOutputsMessage From(RunOutputs outputs) =>
        new() { ModelOutputs = outputs.ModelOutputs.Count == 0 ? null : [.. outputs.ModelOutputs.Select(ModelOutputMessage.From)] };

    public RunOutputs ToEntity() => new([.. (ModelOutputs ?? []).Select(output => output.ToEntity())]);
}

/// <summary>A run's use of a dataset on the wire.</summary>
internal sealed record DatasetInputMessage
{
    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public DatasetMessage? Dataset { get; set; }

    public static DatasetInputMessage From(DatasetInput input) => new()
    {
        Tags = input.Tags.Count == 0 ? null : [.. input.Tags.Select(tag => new KeyValueMessage { Key = tag.Key, Value = tag.Value })],
        Dataset = DatasetMessage.From(input.Dataset),
    };

    public DatasetInput ToEntity() =>
        new((Dataset ?? new()).ToEntity(), [.. (Tags ?? []).Select(tag => new InputTag(tag.Key ?? "", tag.Value ?? ""))]);
}

/// <summary>A dataset on the wire.</summary>
internal sealed record DatasetMessage
{
    public string? Name { get; set; }

    public string? Digest { get; set; }

    public string? SourceType { get; set; }

    public string? Source { get; set; }

    public string? Schema { get; set; }

    public string? Profile { get; set; }

    public static DatasetMessage From(Dataset dataset) => new()
    {
        Name = dataset.Name,
        Digest = dataset.Digest,
        SourceType = dataset.SourceType,
        Source = dataset.Source,
        Schema = dataset.Schema,
        Profile = dataset.Profile,
    };

    public Dataset ToEntity() => new(
        Name ?? "", Digest ?? "", SourceType ?? "", Source ?? "", WireText.OrNull(Schema), WireText.OrNull(Profile));
}

/// <summary>A run's use of a logged model on the wire.</summary>
internal sealed record ModelInputMessage
{
    public string? ModelId { get; set; }

    public static ModelInputMessage From(LoggedModelInput input) => new() { ModelId = input.ModelId };

    public LoggedModelInput ToEntity() => new(ModelId ?? "");
}

/// <summary>A logged model that a run made, on the wire.</summary>
internal sealed record ModelOutputMessage
{
    public string? ModelId { get; set; }

    public long? Step { get; set; }

    public static ModelOutputMessage From(LoggedModelOutput output) => new() { ModelId = output.ModelId, Step = output.Step };

    public LoggedModelOutput ToEntity() => new(ModelId ?? "", Step ?? 0);
}

/// <summary>POST runs/log-inputs.</summary>
internal sealed record LogInputsRequest
{
    public string? RunId { get; set; }

    public IReadOnlyList<DatasetInputMessage>? Datasets { get; set; }

    public IReadOnlyList<ModelInputMessage>? Models { get; set; }
}

/// <summary>POST runs/outputs (MLflow 3.0).</summary>
internal sealed record LogOutputsRequest
{
    public string? RunId { get; set; }

    public IReadOnlyList<ModelOutputMessage>? Models { get; set; }
}
