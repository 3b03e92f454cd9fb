using LineRec.Features;
using LineRec.Onnx;

namespace LineRec.Ranking;

/// <summary>One input of a ranker's model and how it is filled. Thread-safe.</summary>
internal abstract class RankerInput
{
    /// <summary>Writes the input's rows: one a candidate, or one in all for the user's values.</summary>
    internal abstract void Fill(RequestContext context, CandidateTable candidates, Span<float> values);

    internal static RankerInput Create(ModelSnapshot snapshot, string model, ModelInput input, FeatureEncoder? features)
    {
        if (input.Kind == ModelInputKind.Gathered) return Gathered(snapshot, model, input);
        var (filled, width, what) = input.Block switch
        {
            ModelBlocks.User => ((RankerInput)new UserInput(features!), features!.UserWidth, "the user block"),
            ModelBlocks.Item => (new RowsInput(features!.ItemBlock, null), features.ItemWidth, "the item block"),
            ModelBlocks.Cross => (new CrossInput(features!), features!.CrossWidth, "the cross block"),
            _ => throw new InvalidOperationException($"Input '{input.Name}' of model '{model}' takes the block '{input.Block}'; there are '{ModelBlocks.User}', '{ModelBlocks.Item}' and '{ModelBlocks.Cross}'. Correct the model's description in the manifest."),
        };
        RequireWidth(model, input, width, what);
        return filled;
    }

    private static RowsInput Gathered(ModelSnapshot snapshot, string model, ModelInput input)
    {
        if (input.Table is null) throw new InvalidOperationException($"Input '{input.Name}' of model '{model}' is gathered, but no table is named. Correct the model's description in the manifest.");
        if (input.Length is not null) throw new InvalidOperationException($"Input '{input.Name}' of model '{model}' takes the items of a history one by one, which only the user tower is fed. Give the ranker the pooled history (the user block) instead.");
        var table = SnapshotFeatures.TableFor(snapshot, input.Table);
        RequireWidth(model, input, table.Columns, $"table '{input.Table}'");

        // A table with the name of a text column has a row a value, after one for a missing value; any other has a row an item.
        var column = snapshot.Catalog.Find<TextColumn>(input.Table);
        int needed = column is null ? snapshot.Catalog.Count : column.Values.Length + 1;
        if (table.Rows != needed) throw new InvalidOperationException($"Table '{input.Table}' of input '{input.Name}' of model '{model}' has {table.Rows} rows; {needed} are needed. Export it with this catalog.");
        return new RowsInput(table, column);
    }

    private static void RequireWidth(string model, ModelInput input, int width, string what)
    {
        if (input.Width != width)
            throw new InvalidOperationException($"Input '{input.Name}' of model '{model}' takes {input.Width} values; {what} has {width}. Train the model on this feature state.");
    }

    private sealed class UserInput(FeatureEncoder features) : RankerInput
    {
        internal override void Fill(RequestContext context, CandidateTable candidates, Span<float> values) => features.EncodeUser(context, values);
    }

    private sealed class CrossInput(FeatureEncoder features) : RankerInput
    {
        internal override void Fill(RequestContext context, CandidateTable candidates, Span<float> values) => features.EncodeCross(context, candidates, values);
    }

    private sealed class RowsInput(NpyMatrix<float> table, TextColumn? column) : RankerInput
    {
        internal override void Fill(RequestContext context, CandidateTable candidates, Span<float> values)
        {
            int width = table.Columns;
            foreach (int row in candidates.Rows)
            {
                table[column is null ? row : column.Codes[row] + 1].CopyTo(values);
                values = values[width..];
            }
        }
    }
}
