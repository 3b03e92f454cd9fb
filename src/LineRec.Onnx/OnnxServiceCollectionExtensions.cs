using LineRec;
using LineRec.Onnx;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Runs a bundle's models with ONNX Runtime.</summary>
public static class OnnxServiceCollectionExtensions
{
    /// <summary>Makes ONNX Runtime encode users for two-tower retrievers, and sets how rankers run it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options; null means the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ILineRecBuilder UseOnnx(this ILineRecBuilder builder, Action<OnnxOptions>? configure = null)
    {
        var options = new OnnxOptions();
        configure?.Invoke(options);
        options.Validated();
        builder.Services.Replace(ServiceDescriptor.Singleton(options));
        builder.Services.Replace(ServiceDescriptor.Singleton<IUserEncoderFactory>(new OnnxUserEncoderFactory(options)));
        return builder;
    }
    /// <summary>Makes a BERT-type model embed queries: what a search joins to its keywords. It is loaded when the first pipeline that asks for an <see cref="ITextEncoder"/> is built.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="modelPath">The .onnx file.</param>
    /// <param name="vocabularyPath">Its vocab.txt.</param>
    /// <param name="options">How texts are encoded, as the items' texts were; null means the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ILineRecBuilder UseBertTextEncoder(this ILineRecBuilder builder, string modelPath, string vocabularyPath, BertTextOptions? options = null)
    {
        options ??= new BertTextOptions();
        options.Validate();
        builder.Services.Replace(ServiceDescriptor.Singleton<ITextEncoder>(_ => BertTextEncoder.Load(modelPath, vocabularyPath, options)));
        return builder;
    }
}
