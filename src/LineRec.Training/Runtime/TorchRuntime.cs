using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace LineRec.Training;

/// <summary>Loads TorchSharp's native libraries, on hosts too whose C++ runtime is older than the one TorchSharp was built with.</summary>
/// <remarks>
/// <para>Thread-safe. The trainers call it; a host that uses TorchSharp itself calls <see cref="EnsureLoaded"/> before its first call.</para>
/// <para>TorchSharp's Linux library asks for version GLIBCXX_3.4.32 of libstdc++, which Debian 12 and Ubuntu 22.04 lack, though it uses
/// nothing of it that matters on them. Where loading fails for that, a copy with that one requirement marked as weak is written to a
/// folder that only the user can write and is loaded instead. Where the host's libstdc++ has the version, nothing of this happens.</para>
/// </remarks>
public static class TorchRuntime
{
    private const string NewestVersion = "GLIBCXX_3.4.32";
    private const string Bridge = "LibTorchSharp";
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Loads the libraries once and lets Torch use as many threads as there are processors.</summary>
    /// <exception cref="DllNotFoundException">The libraries aren't beside the program, or can't be loaded.</exception>
    public static void EnsureLoaded()
    {
        if (Volatile.Read(ref _loaded)) return;
        lock (Gate)
        {
            if (_loaded) return;
            if (OperatingSystem.IsLinux()) LoadOnLinux();
            torch.set_num_threads(Environment.ProcessorCount);
            Volatile.Write(ref _loaded, true);
        }
    }

    private static void LoadOnLinux()
    {
        foreach (string name in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" }) NativeLibrary.Load(Find(name));
        string bridge = Find($"lib{Bridge}.so");
        if (!NativeLibrary.TryLoad(bridge, out nint handle)) handle = LoadWeakened(bridge);
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name.Contains(Bridge, StringComparison.Ordinal) ? handle : 0);
    }

    private static nint LoadWeakened(string bridge)
    {
        byte[] library = File.ReadAllBytes(bridge);
        if (VersionRequirement.MarkWeak(library, NewestVersion) == 0) return NativeLibrary.Load(bridge); // fails for another reason, and says which
        string version = typeof(torch).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "unknown";
        string path = Path.Combine(PrivateFolder(version), Path.GetFileName(bridge));
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(library)) DurableFile.Replace(path, library); // two programs may start at once

        return NativeLibrary.Load(path);
    }

    private static string PrivateFolder(string version)
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        if (data.Length == 0) return Directory.CreateTempSubdirectory("linerec-torch-").FullName; // a user without a home
        string path = Path.Combine(data, "LineRec", "torchsharp-" + version);
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path).FullName
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static string Find(string name)
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string runtime = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        foreach (string folder in searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory).Append(runtime))
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path)) return path;
        }

        throw new DllNotFoundException($"Torch's native library '{name}' was not found beside '{AppContext.BaseDirectory}' nor in '{searched}'. Reference the package libtorch-cpu-linux-x64 (or another libtorch of the same version) in the program that trains.");
    }
}
