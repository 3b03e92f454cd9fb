using System.Text.Json;
using System.Text.Json.Nodes;
using LineRec.MiniLm;
using Tokenizers.DotNet;

namespace LineRec.Onnx.Tests.Text;

/// <summary>Hugging Face's own tokenizers library, set as all-MiniLM-L6-v2's tokenizer.json sets it (uncased BERT), over the same vocabulary.</summary>
internal static class PublishedTokenizer
{
    private static readonly Lazy<Tokenizer> Instance = new(() => new Tokenizer(WriteSettings()));

    /// <summary>Why it can't be asked, for Assert.Skip; null where it can.</summary>
    internal static string? Missing => MiniLmFiles.Missing ?? (OperatingSystem.IsLinux() && Environment.Is64BitProcess ? null : "The native tokenizers library is referenced for Linux x64 alone.");

    internal static int[] Encode(string text)
    {
        lock (Instance) return [.. Instance.Value.Encode(text).Select(id => (int)id)];
    }

    private static string WriteSettings()
    {
        string[] vocabulary = File.ReadAllLines(MiniLmFiles.Vocabulary);
        var ids = new JsonObject(vocabulary.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        JsonObject special(string token) => new() { ["SpecialToken"] = new JsonObject { ["id"] = token, ["type_id"] = 0 } };
        JsonObject known(string token) => new() { ["id"] = token, ["ids"] = new JsonArray(ids[token]!.GetValue<int>()), ["tokens"] = new JsonArray(token) };
        JsonArray template() => [special("[CLS]"), new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }, special("[SEP]")];
        var settings = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["clean_text"] = true, ["handle_chinese_chars"] = true, ["strip_accents"] = null, ["lowercase"] = true },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = new JsonObject
            {
                ["type"] = "TemplateProcessing",
                ["single"] = template(),
                ["pair"] = new JsonArray([.. template().Select(t => t!.DeepClone()), new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "B", ["type_id"] = 1 } }]),
                ["special_tokens"] = new JsonObject { ["[CLS]"] = known("[CLS]"), ["[SEP]"] = known("[SEP]") },
            },
            ["model"] = new JsonObject { ["type"] = "WordPiece", ["unk_token"] = "[UNK]", ["continuing_subword_prefix"] = "##", ["max_input_chars_per_word"] = 100, ["vocab"] = ids },
        };
        string path = Path.Combine(AppContext.BaseDirectory, "MiniLm", "tokenizer.json");
        File.WriteAllText(path, settings.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        return path;
    }
}
