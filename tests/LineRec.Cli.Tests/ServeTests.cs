using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LineRec.Cli.Tests;

/// <summary><c>linerec serve</c> as a process: it answers, learns of events, and ends when it is told to.</summary>
[Collection(nameof(SmallShop))]
public sealed class ServeTests(SmallShop shop)
{
    private const int SigTerm = 15;

    [Fact]
    public async Task A_bundle_is_served_over_http_until_it_is_told_to_end()
    {
        string[] arguments = ["serve", "--bundle", Path.Combine(shop.Whole, "bundles"), "--data", shop.Log, "--url", "http://127.0.0.1:0"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            string first = await process.StandardOutput.ReadLineAsync() ?? await process.StandardError.ReadToEndAsync();
            Assert.StartsWith("Serving on http://127.0.0.1:", first, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new Uri(first["Serving on ".Length..].Split(": /")[0]) };

            Assert.Equal("Healthy", await client.GetStringAsync("/health"));
            var slate = await client.GetFromJsonAsync<JsonElement>("/recommend/home?user=somebody&take=4");
            Assert.Equal(4, slate.GetProperty("items").GetArrayLength());
            Assert.StartsWith("20260104-", slate.GetProperty("bundleVersion").GetString(), StringComparison.Ordinal);

            // A purchase that is posted keeps the item from the placement that shows what is new to the user.
            string item = slate.GetProperty("items")[0].GetProperty("itemId").GetString()!;
            using var posted = await client.PostAsJsonAsync("/event", new { userId = "somebody", itemId = item, type = "purchase" });
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
            var after = await client.GetFromJsonAsync<JsonElement>("/recommend/home?user=somebody&take=20");
            Assert.DoesNotContain(after.GetProperty("items").EnumerateArray(), i => i.GetProperty("itemId").GetString() == item);
            var explained = await client.GetFromJsonAsync<JsonElement>("/explain/home?user=somebody");
            Assert.True(explained.GetProperty("candidates").GetArrayLength() > 20);

            using var wrong = await client.GetAsync(new Uri("/recommend/nowhere?user=x", UriKind.Relative));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains("nowhere", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            using var told = Process.Start("kill", [$"-{SigTerm}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
