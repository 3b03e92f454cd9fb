using DuckDB.NET.Native;

namespace LineRec.Bench.Datasets;

/// <summary>Scans a folder with DuckDB and takes its vectors as they come, without an object a row.</summary>
internal static class DuckDbDecoding
{
    public static long Read(string folder, int threads)
    {
        Check(NativeMethods.Startup.DuckDBOpen(":memory:", out var database), "open");
        using (database)
        {
            Check(NativeMethods.Startup.DuckDBConnect(database, out var connection), "connect");
            using (connection)
            {
                foreach (string setting in new[] { $"SET threads = {threads}", "SET preserve_insertion_order = false" })
                {
                    Check(NativeMethods.Query.DuckDBQuery(connection, setting, out var done), setting);
                    NativeMethods.Query.DuckDBDestroyResult(ref done);
                }

                Check(NativeMethods.PreparedStatements.DuckDBPrepare(connection, $"SELECT * FROM read_parquet('{folder}/*.parquet')", out var statement), "prepare");
                using (statement)
                {
                    Check(NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result), "execute");
                    long rows = Count(result);
                    NativeMethods.Query.DuckDBDestroyResult(ref result);
                    return rows;
                }
            }
        }
    }

    private static long Count(DuckDBResult result)
    {
        long rows = 0;
        while (true)
        {
            using var chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(result);
            long size = chunk.IsInvalid ? 0 : (long)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
            if (size == 0) return rows;
            rows += size;
        }
    }

    private static void Check(DuckDBState state, string what)
    {
        if (state != DuckDBState.Success) throw new IOException($"DuckDB can't {what}.");
    }
}
