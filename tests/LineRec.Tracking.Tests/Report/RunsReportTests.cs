using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LineRec.Tracking.Tests;

/// <summary>Runs compared.</summary>
public partial class RunsReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_best_run_is_named_with_its_reason()
    {
        var comparison = new RunsComparison([Run("a", 0.25, "64"), Run("b", 0.3, "128"), Run("c", double.NaN, "32"), Run("d", null, "64")], "recall");

        Assert.Equal("b", comparison.Best!.RunName);
        Assert.Equal(["b", "a", "c", "d"], comparison.Ranked.Select(r => r.RunName));
        Assert.Equal(["dimension"], comparison.DifferingParams);
        Assert.Equal(
            "'b' has the highest last figure of 'recall', 0.3, of 2 runs that have one. The next, 'a', is 0.05 behind, 20.0 % of it. It differs from the next in dimension (128, next 64). "
            + "A run is one try: repeat close ones with other seeds before trusting the order. 2 runs without a figure of it can't be compared.",
            comparison.Why.Replace("20.0%", "20.0 %", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lower_loss_is_better_where_asked_for()
    {
        var comparison = new RunsComparison([Run("a", 0.25, "64"), Run("b", 0.3, "64")], "recall", higherIsBetter: false);

        Assert.Equal("a", comparison.Best!.RunName);
        Assert.Contains("lowest", comparison.Why, StringComparison.Ordinal);
        Assert.Contains("same parameters", comparison.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Ties_go_to_the_smaller_id_and_a_peak_that_was_lost_is_told()
    {
        var peaked = Run("a", 0.2, "1") with { Metrics = new Dictionary<string, IReadOnlyList<Metric>> { ["recall"] = [new("recall", 0.5, Start, 1), new("recall", 0.2, Start, 2)] } };
        var comparison = new RunsComparison([Run("b", 0.2, "1"), peaked], "recall");

        Assert.Equal("a", comparison.Best!.RunName);
        Assert.Contains("It was at 0.5 before", comparison.Why, StringComparison.Ordinal);
        Assert.Contains("the order of their ids decides", comparison.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_metric_none_is_best()
    {
        Assert.Null(new RunsComparison([Run("a", null, "1")], "recall").Best);
        Assert.Contains("none is best", new RunsComparison([], "recall").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_whole_in_itself()
    {
        string html = RunsReport.ToHtml([Run("<b>&", 0.25, "64"), Run("b", 0.3, "128")], new RunsReportOptions { Metric = "recall", Title = "Week <9>" });
        var page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)); // well-formed, so escaped

        Assert.Equal("Week <9>", page.Descendants("h1").Single().Value);
        Assert.Equal(["dimension"], page.Descendants("tr").Where(r => r.Attribute("class")?.Value == "differs").Select(r => r.Element("td")!.Value));
        Assert.Equal(["b", "0.3"], page.Descendants("tr").Single(r => r.Attribute("class")?.Value == "best").Elements("td").Take(2).Select(c => c.Value));
        var picture = Assert.Single(page.Descendants("img"));
        Assert.Equal("curve", picture.Attribute("alt")!.Value);
        var svg = Svg(picture.Attribute("src")!.Value);
        Assert.Contains(svg.Descendants(), e => e.Value.Trim() == "<b>&"); // the legend
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe");
        Assert.All(Addresses().Matches(html + svg).Select(m => m.Groups[1].Value), a => Assert.True(a.StartsWith("data:", StringComparison.Ordinal) || a.StartsWith('#') || a.StartsWith("http://www.w3.org/", StringComparison.Ordinal), a));
    }

    [Fact]
    public void The_same_runs_give_the_same_page()
    {
        RunRecord[] runs = [Run("a", 0.25, "64"), Run("b", 0.3, "128")];
        var options = new RunsReportOptions { Metric = "recall" };
        using var folder = new TempFolder();
        RunsReport.Write(folder.At("out", "report.html"), runs, options);

        Assert.Equal(RunsReport.ToHtml(runs, options), folder.Read("out", "report.html"));
    }

    [Fact]
    public void A_curve_follows_its_figures()
    {
        string low = Curve([0, 0, 0, 1]), high = Curve([0, 1, 1, 1]);
        Assert.NotEqual(low, high);
        Assert.NotEmpty(Curve([double.NaN, double.PositiveInfinity, 1, 2])); // what can't be drawn is left out

        static string Curve(double[] values) => Svg(RunsReport.ToHtml(
            [new RunRecord { RunId = "1", RunName = "a", Status = RunStatus.Finished, StartTime = Start, Metrics = Metrics("m", values) }], new RunsReportOptions { Metric = "m" })
            .Split("src=\"")[1].Split('"')[0]).ToString();
    }

    private static Dictionary<string, IReadOnlyList<Metric>> Metrics(string key, double[] values) => new() { [key] = [.. values.Select((v, i) => new Metric(key, v, Start, i))] };

    private static XElement Svg(string uri) => XElement.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(WebUtility.HtmlDecode(uri)["data:image/svg+xml;base64,".Length..])));

    private static RunRecord Run(string name, double? recall, string dimension)
    {
        var metrics = Metrics("curve", [3, 2, 1]);
        if (recall is { } value) metrics["recall"] = [new("recall", value, Start, 0)];
        return new RunRecord
        {
            RunId = name, RunName = name, Status = RunStatus.Finished, StartTime = Start, EndTime = Start.AddMinutes(3), Metrics = metrics,
            Params = new Dictionary<string, string> { ["dimension"] = dimension, ["seed"] = 1.ToString(CultureInfo.InvariantCulture) },
        };
    }

    [GeneratedRegex("(?:src|href|url)(?:=\"|\\()([^\")]*)")]
    private static partial Regex Addresses();
}
