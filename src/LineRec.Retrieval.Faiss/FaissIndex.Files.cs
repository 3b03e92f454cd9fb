using LineRec.Retrieval.Faiss.Files;
using LineRec.Retrieval.Faiss.Native;
using LineRec.Retrieval.Faiss.Rows;

namespace LineRec.Retrieval.Faiss;

public sealed unsafe partial class FaissIndex
{
    /// <summary>Writes the index to a file: FAISS's own format, so that FAISS elsewhere reads it, with what LineRec knows beyond it and a checksum at its end.</summary>
    /// <param name="path">The file; replaced at once when all is written.</param>
    /// <exception cref="DirectoryNotFoundException">Its folder isn't there.</exception>
    /// <exception cref="FaissException">FAISS can't write it.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"'{path}' can't be written: there is no folder '{folder}'.");
        DurableFile.Replace(path, aside =>
        {
            using var reading = new Reading(this);
            FaissCall.Check(FaissNative.faiss_write_index_fname(reading.Index, aside), $"Writing '{aside}'");
            FaissFile.Append(aside, WriteState);
        });
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote. Its checksum is compared before FAISS sees it. O(its size).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It isn't such a file, or is damaged.</exception>
    /// <exception cref="DllNotFoundException">FAISS's library isn't there; the message says what to do.</exception>
    public static FaissIndex Load(string path)
    {
        byte[] state = FaissFile.Check(path);
        var handle = Read(path);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(state));
            var metric = (VectorMetric)reader.ReadInt32();
            string factory = reader.ReadString();
            var parameters = new (string Name, double Value)[reader.ReadByte()];
            for (int i = 0; i < parameters.Length; i++) parameters[i] = (reader.ReadString(), reader.ReadDouble());
            var labels = RowLabels.Read(reader);
            using var lease = new Lease(handle);
            var aside = AsideVectors.Read(reader, FaissNative.faiss_Index_d(lease.Index));
            long total = FaissNative.faiss_Index_ntotal(lease.Index);
            if (labels.Total != total) throw new InvalidDataException($"it names {labels.Total} vectors where FAISS's part has {total}");
            var index = new FaissIndex(handle, factory, metric, labels, aside);
            // FAISS's file has the parameters themselves.
            foreach (var (name, value) in parameters)
            {
                index._parameters[name] = value;
                index.Remember(name, value);
            }

            return index;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            handle.Dispose();
            throw new InvalidDataException($"'{path}' isn't an index that can be read: {e.Message}. Write it anew.", e);
        }
    }

    /// <summary>Reads a file that FAISS itself wrote, from Python for instance.</summary>
    /// <remarks>
    /// Such files have no checksum and FAISS trusts what they say: read none that you don't trust. Label i becomes row i. FAISS doesn't tell what nprobe and
    /// efSearch are inside of a wrapping index: set them after importing one, else they go back to FAISS's defaults when a search had to widen itself.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="cosine">Whether the vectors were normalised before they were added, so that inner products with normalised queries are cosines.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">FAISS can't read it, or its metric is another than the inner product or L2, or it has too many vectors.</exception>
    /// <exception cref="DllNotFoundException">FAISS's library isn't there; the message says what to do.</exception>
    public static FaissIndex Import(string path, bool cosine = false)
    {
        var handle = Read(path);
        try
        {
            using var lease = new Lease(handle);
            int metric = FaissNative.faiss_Index_metric_type(lease.Index);
            if (metric is not (InnerProduct or L2)) throw new InvalidDataException($"'{path}' has FAISS's metric {metric}; only the inner product ({InnerProduct}) and L2 ({L2}) are known here.");
            if (cosine && metric != InnerProduct) throw new InvalidDataException($"'{path}' has the metric L2; a cosine needs an index of inner products over normalised vectors.");
            long total = FaissNative.faiss_Index_ntotal(lease.Index);
            if (total > int.MaxValue) throw new InvalidDataException($"'{path}' has {total} vectors; rows are ints, so {int.MaxValue} is the most.");
            var labels = new RowLabels();
            if (total > 0) labels.Append(0, (int)total);
            return new FaissIndex(handle, "", cosine ? VectorMetric.Cosine : metric == L2 ? VectorMetric.L2 : VectorMetric.InnerProduct, labels, new AsideVectors());
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static FaissIndexHandle Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        int code = FaissNative.faiss_read_index_fname(path, 0, out var handle);
        if (code == 0) return handle;
        var failure = FaissCall.Failed($"Reading '{path}'");
        handle.Dispose();
        throw new InvalidDataException($"FAISS {FaissLibrary.Version} can't read '{path}': {failure.FaissMessage}", failure);
    }

    private void WriteState(BinaryWriter writer)
    {
        writer.Write((int)Metric);
        writer.Write(Factory);
        writer.Write((byte)_parameters.Count);
        foreach (var (name, value) in _parameters)
        {
            writer.Write(name);
            writer.Write(value);
        }

        _labels.Write(writer);
        _aside.Write(writer);
    }
}
