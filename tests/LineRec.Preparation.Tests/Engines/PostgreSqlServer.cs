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
        if (Environment.IsPrivilegedProcess) Run("chown", [Unprivileged, _folder]);
        RunAsUser("initdb", "-D", Data, "-U", "shop", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync");
        RunAsUser("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "-o", $"-k {_folder} -c listen_addresses='' -c fsync=off", "start");

        // Should the tests be killed, the server goes too.
        var (program, arguments) = AsUser("/bin/sh", "-c", $"tail --pid={Environment.ProcessId} -f /dev/null; {Path.Combine(_bin, "pg_ctl")} -D {Data} -m immediate stop");
        Process.Start(new ProcessStartInfo(program, ["/dev/null", .. arguments]) { RedirectStandardOutput = true })!.Dispose();
    }

    /// <summary>Why there is no server; null where there is one.</summary>
    public string? WhyNot { get; }

    public string ConnectionString => $"Host={_folder};Username=shop;Database=postgres;Pooling=false";

    private string Data => Path.Combine(_folder, "data");

    public void Dispose()
    {
        if (WhyNot is null) RunAsUser("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    internal void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private void RunAsUser(string program, params string[] arguments)
    {
        string path = Path.Combine(_bin, program);
        if (Environment.IsPrivilegedProcess) Run("setpriv", [$"--reuid={Unprivileged}", "--regid=nogroup", "--clear-groups", path, .. arguments]);
        else Run(path, arguments);
    }

    private void Run(string program, string[] arguments)
    {
        // The server that pg_ctl starts keeps what it inherits: redirected to files, nobody waits for its end.
        string output = Path.Combine(_folder, "output");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"\"$@\" >'{output}' 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = _folder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {File.ReadAllText(output)}");
    }
}
