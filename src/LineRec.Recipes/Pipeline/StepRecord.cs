namespace LineRec.Recipes;

/// <summary>What a step did, <c>record.json</c> beside its outputs: from which inputs, which files.</summary>
internal sealed record StepRecord
{
    /// <summary>The file's name.</summary>
    public const string FileName = "record.json";

    /// <summary>The step.</summary>
    public required string Step { get; init; }

    /// <summary>The logical date.</summary>
    public required string Date { get; init; }

    /// <summary>What it was made from: the code's hash, the settings that it looks at, the log's hash, the outputs' hash of each step it needs.</summary>
    public required SortedDictionary<string, string> Inputs { get; init; }

    /// <summary>Its files by their path, and their SHA-256.</summary>
    public required SortedDictionary<string, string> Outputs { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The processors of the machine that made it. Training gives equal bytes on equal processors and numbers of them.</summary>
    public required int Processors { get; init; }

    /// <summary>One hash over the outputs: what later steps record of this one.</summary>
    public string OutputHash() => FileFingerprint.Of(Outputs);
}
