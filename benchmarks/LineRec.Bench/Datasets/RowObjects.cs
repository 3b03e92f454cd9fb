using ParquetSharp;
using ParquetSharp.RowOriented;

namespace LineRec.Bench.Datasets;

/// <summary>Reads the events table as an object a row, as Petastorm's make_reader and most hand-written loaders do.</summary>
internal static class RowObjects
{
    public static long Read(string folder, int threads) =>
        RowGroupWork.Run(folder, threads, file => ParquetFile.CreateRowReader<EventObject>(file), (reader, group) => reader.ReadRows(group).Length, reader => reader.Dispose());

    internal sealed class EventObject
    {
        [MapToColumn("row")]
        public long Row { get; set; }

        [MapToColumn("user_id")]
        public string UserId { get; set; } = "";

        [MapToColumn("item_id")]
        public string ItemId { get; set; } = "";

        [MapToColumn("event_type")]
        public string EventType { get; set; } = "";

        [MapToColumn("placement")]
        public string Placement { get; set; } = "";

        [MapToColumn("position")]
        public int Position { get; set; }

        [MapToColumn("price")]
        public float? Price { get; set; }

        [MapToColumn("timestamp")]
        public DateTime Timestamp { get; set; }
    }
}
