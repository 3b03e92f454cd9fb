using System.Reflection;
using System.Runtime.InteropServices;

namespace LineRec.Retrieval.Faiss.Native;

/// <summary>Finds libfaiss_c: the file that LINEREC_FAISS names, else beside the application, else on the system.</summary>
internal static class FaissLoader
{
    public const string Variable = "LINEREC_FAISS";

    private const string FileName = "libfaiss_c.so";

    private static readonly Lock Gate = new();

    private static nint _handle;

    private static bool _registered;

    /// <summary>The library's handle; loads it at the first call.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static nint Handle
    {
        get
        {
            lock (Gate)
            {
                if (_handle == 0) _handle = Load(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory);
                return _handle;
            }
        }
    }

    /// <summary>Lets the runtime ask this class where the library is.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (_registered) return;
            NativeLibrary.SetDllImportResolver(typeof(FaissLoader).Assembly, static (name, _, _) => name == FaissNative.Library ? Handle : 0);
            _registered = true;
        }
    }

    /// <summary>Finds and loads the library.</summary>
    /// <param name="named">The file that the variable names; null or empty where it isn't set.</param>
    /// <param name="folder">The application's folder.</param>
    /// <param name="system">Whether to look where the runtime does: native assets of NuGet packages, then the system's folders.</param>
    /// <exception cref="DllNotFoundException">There is none, or the named one doesn't load; the message says what to do.</exception>
    public static nint Load(string? named, string folder, bool system = true)
    {
        if (!string.IsNullOrEmpty(named))
        {
            // A variable that was set is meant: falling back to another library would hide a typing error.
            if (!File.Exists(named)) throw new DllNotFoundException($"{Variable} names '{named}', which doesn't exist. Set it to a libfaiss_c.so, or unset it to use the library of the package.");
            return TryLoad(Path.GetFullPath(named), out nint own, out string why) ? own : throw new DllNotFoundException($"{Variable} names '{named}', which can't be loaded: {why}");
        }

        var tried = new List<string>();
        foreach (string path in (string[])[Path.Combine(folder, FileName), Path.Combine(folder, "runtimes", "linux-x64", "native", FileName)])
        {
            if (!File.Exists(path)) tried.Add($"{path}: no such file");
            else if (TryLoad(path, out nint found, out string why)) return found;
            else tried.Add($"{path}: {why}");
        }

        if (system && NativeLibrary.TryLoad(FaissNative.Library, Assembly.GetExecutingAssembly(), null, out nint handle)) return handle;
        throw new DllNotFoundException(
            $"FAISS's C library isn't here. {string.Join("; ", tried)}; the system's library folders have none either. The package LineRec.Retrieval.Faiss brings it for Linux on x64; "
            + $"from source, bash eng/native.sh builds it. Elsewhere build FAISS with -DFAISS_ENABLE_C_API=ON -DBUILD_SHARED_LIBS=ON and set {Variable} to its libfaiss_c.");
    }

    private static bool TryLoad(string path, out nint handle, out string why)
    {
        try
        {
            (handle, why) = (NativeLibrary.Load(path), "");
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            (handle, why) = (0, e.Message);
            return false;
        }
    }
}
