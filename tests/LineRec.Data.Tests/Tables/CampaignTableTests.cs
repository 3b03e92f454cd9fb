namespace LineRec.Data;

public class CampaignTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Campaigns_are_read_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        Campaign[] campaigns =
        [
            new("spring", "holiday", Start, Start.AddDays(7), 1.5f, "category", ["garden/tools", "garden/seeds"]),
            new("points", "points", Start, Start.AddDays(1), 2, null, []),
        ];
        CampaignTable.Write(folder["campaigns.parquet"], campaigns);
        var read = CampaignTable.Read(folder["campaigns.parquet"]);
        Assert.Equal(2, read.Count);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(campaigns[i] with { Values = Array.Empty<string>() }, read[i] with { Values = Array.Empty<string>() });
            Assert.Equal(campaigns[i].Values, read[i].Values);
        }
    }

    [Fact]
    public void A_campaign_that_ends_before_it_starts_is_named()
    {
        using var folder = new TemporaryFolder();
        CampaignTable.Write(folder["campaigns.parquet"], [new("late", "holiday", Start, Start.AddDays(-1), 1, null, [])]);
        Assert.Contains("campaign 'late' needs a start and an end after it", Assert.Throws<InvalidDataException>(() => CampaignTable.Read(folder["campaigns.parquet"])).Message);
    }

    [Fact]
    public void A_weight_that_is_not_over_zero_is_named()
    {
        using var folder = new TemporaryFolder();
        CampaignTable.Write(folder["campaigns.parquet"], [new("free", "holiday", Start, Start.AddDays(1), 0, null, [])]);
        Assert.Contains("campaign 'free' has the weight 0", Assert.Throws<InvalidDataException>(() => CampaignTable.Read(folder["campaigns.parquet"])).Message);
    }

    [Fact]
    public void A_value_with_a_separator_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => CampaignTable.Write(folder["campaigns.parquet"], [new("x", "holiday", Start, Start.AddDays(1), 1, "brand", ["a|b"])]));
    }
}
