using System.Diagnostics;
using Npgsql;

namespace LineRec.Preparation.Tests.Engines;

/// <summary>
/// A PostgreSQL server of the test's own, as Debian's package postgresql installs it: started in a temporary folder on a Unix socket, and stopped again. Its texts are ordered as in English, so that a query
/// that forgets to order by bytes is caught.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    private const string Programs = "/usr/lib/postgresql";
    private const string Unprivileged = "nobody"; // PostgreSQL refuses to run as root

    private readonly string _folder = Directory.CreateTempSubdirectory("lr-pg").FullName; // a socket's path is short
    private readonly string _bin = "";

    public PostgreSqlServer()
    {
        string? version = Directory.Exists(Programs) ? Directory.GetDirectories(Programs).OrderBy(d => int.TryParse(Path.GetFileName(d), out int v) ? v : 0).LastOrDefault(d => File.Exists(Path.Combine(d, "bin", "initdb"))) : null;
        if (version is null)
        {
            WhyNot = $"skipped: there is no PostgreSQL in {Programs}; eng/services.sh installs Debian's.";
            return;
        }

        _bin = Path.Combine(version, "bin");
        if (Environment.IsPrivilegedProcess) Run("chown", Unprivileged, _folder);
        Run(AsUser("initdb", "-D", Data, "-U", "shop", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync"));
        Run(AsUser("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "240", "-o", $"-k {_folder} -c listen_addresses='' -c fsync=off", "start"));

        // Should the tests be killed, the server goes too.
        string stop = string.Join(' ', AsUser("pg_ctl", "-D", Data, "-m", "immediate", "stop"));
        Process.Start("/bin/sh", ["-c", $"(tail --pid={Environment.ProcessId} -f /dev/null; {stop}) >/dev/null 2>&1 </dev/null &"])!.Dispose();
    }

    /// <summary>Why there is no server; null where there is one.</summary>
    public string? WhyNot { get; }

    public string ConnectionString => $"Host={_folder};Username=shop;Database=postgres;Pooling=false";

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        if (WhyNot is null) Run(AsUser("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop"));
        Directory.Delete(_folder, recursive: true);
    }

    internal void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private string[] AsUser(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_bin, program), .. arguments];
        return Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Unprivileged}", "--regid=nogroup", "--clear-groups", .. command] : command;
    }

    private void Run(params string[] command)
    {
        // The server that pg_ctl starts keeps what it inherits: redirected to files, nobody waits for its end.
        string output = Path.Combine(_folder, "output");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"\"$@\" >'{output}' 2>&1 </dev/null", "sh", .. command]) { WorkingDirectory = _folder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {File.ReadAllText(output)}");
    }
}
