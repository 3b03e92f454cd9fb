namespace LineRec.Data;

/// <summary>What the footers said: the columns, the row groups that may hold a row, and what was left out.</summary>
/// <param name="Fields">The columns wanted, in the order of the output.</param>
/// <param name="Files">The files.</param>
/// <param name="Groups">The row groups, in the files' order.</param>
/// <param name="PrunedGroups">How many row groups can't hold a row that meets the conditions.</param>
/// <param name="PrunedFiles">How many files can't, by their path.</param>
/// <param name="RowTests">The conditions that rows are asked: those on columns.</param>
/// <param name="Quarantined">What was left out.</param>
/// <param name="Fingerprint">Ties positions to the order of rows.</param>
internal sealed record DatasetPlan(
    IReadOnlyList<DatasetField> Fields, IReadOnlyList<DatasetFile> Files, IReadOnlyList<RowGroup> Groups, int PrunedGroups, int PrunedFiles, IReadOnlyList<ColumnTest> RowTests,
    IReadOnlyList<DatasetQuarantine> Quarantined, string Fingerprint);
