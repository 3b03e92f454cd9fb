namespace LineRec.Bench.Datasets;

/// <summary>How well an order of rows is mixed.</summary>
/// <param name="Shuffle">"full" for a random order of all rows; else the rows that are shuffled together.</param>
/// <param name="NeighbourCorrelation">The rank correlation of each row's place in the files with the next row's: 1 unshuffled, 0 where neighbours know nothing of each other.</param>
/// <param name="MeanDisplacement">How far a row is from its place in the files on average, as a share of all rows: a third where fully shuffled.</param>
internal sealed record ShuffleQuality(string Shuffle, double NeighbourCorrelation, double MeanDisplacement)
{
    public static ShuffleQuality Of(string shuffle, ReadOnlySpan<long> places)
    {
        double mean = (places.Length - 1) / 2.0, together = 0, apart = 0, moved = 0;
        for (int i = 0; i < places.Length; i++)
        {
            apart += (places[i] - mean) * (places[i] - mean);
            moved += Math.Abs(places[i] - i);
            if (i > 0) together += (places[i] - mean) * (places[i - 1] - mean);
        }

        return new ShuffleQuality(shuffle, together / apart, moved / places.Length / places.Length);
    }
}
