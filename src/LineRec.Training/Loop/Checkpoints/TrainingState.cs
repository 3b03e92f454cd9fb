using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// The named values of a training. What has state names its values one after the other in one method; a checkpoint that is written reads them, one that is taken up sets them. So saving and restoring
/// can't differ.
/// </summary>
/// <remarks>Not thread-safe. Names are distinct within a part.</remarks>
public abstract class TrainingState
{
    private string _part = "";

    private protected TrainingState()
    {
    }

    /// <summary>Whether values are set; else they are read.</summary>
    public abstract bool IsRestoring { get; }

    /// <summary>Numbers whose count is known: saved, or filled from what was saved.</summary>
    /// <typeparam name="T">A number, or a struct of numbers.</typeparam>
    /// <param name="name">What they are.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="InvalidDataException">The checkpoint has none of this name, or not so many.</exception>
    public void Values<T>(string name, Span<T> values)
        where T : unmanaged => Exchange(_part + name, values);

    /// <summary>Numbers of any count: saved, or replaced by what was saved.</summary>
    /// <typeparam name="T">A number, or a struct of numbers.</typeparam>
    /// <param name="name">What they are.</param>
    /// <param name="values">The numbers; a new array where the count has changed.</param>
    /// <exception cref="InvalidDataException">The checkpoint has none of this name, or of another type.</exception>
    public void Values<T>(string name, ref T[] values)
        where T : unmanaged
    {
        int count = CountOf<T>(_part + name, values.Length);
        if (count != values.Length) values = new T[count];
        Values(name, values.AsSpan());
    }

    /// <summary>A tensor's values; its shape is the module's affair.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="tensor">A contiguous tensor in main memory, changed in place.</param>
    /// <exception cref="InvalidOperationException">The tensor isn't contiguous.</exception>
    /// <exception cref="InvalidDataException">The checkpoint has none of this name, or of another size.</exception>
    public void Values(string name, Tensor tensor)
    {
        if (!tensor.is_contiguous()) throw new InvalidOperationException($"The tensor '{_part + name}' isn't contiguous, so its values have no one place in memory. Keep tensor.contiguous() as the parameter.");
        Values(name, tensor.bytes);
    }

    /// <summary>One number.</summary>
    /// <typeparam name="T">A number, or a struct of numbers.</typeparam>
    /// <param name="name">What it is.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidDataException">The checkpoint has none of this name, or of another type.</exception>
    public void Value<T>(string name, ref T value)
        where T : unmanaged => Values(name, new Span<T>(ref value));

    /// <summary>A text.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidDataException">The checkpoint has none of this name.</exception>
    public void Text(string name, ref string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Values(name, ref utf8);
        if (IsRestoring) text = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>All parameters and buffers of a Torch module.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="module">The module.</param>
    /// <exception cref="InvalidDataException">The checkpoint has other ones.</exception>
    public void Module(string name, nn.Module module)
    {
        foreach (var (key, tensor) in module.state_dict()) Values($"{name}/{key}", tensor);
    }

    /// <summary>The values of a part, under its name.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="exchange">Names its values.</param>
    public void Part(string name, Action<TrainingState> exchange)
    {
        string outer = _part;
        _part = $"{outer}{name}/";
        exchange(this);
        _part = outer;
    }

    private protected abstract void Exchange<T>(string name, Span<T> values)
        where T : unmanaged;

    /// <summary>How many values there will be: as many as there are where they are read, as were saved where they are set.</summary>
    private protected abstract int CountOf<T>(string name, int count)
        where T : unmanaged;
}
