namespace LineRec.Features.Tests.History;

public class HistoryPoolerTests
{
    [Fact]
    public void A_vector_is_the_weighted_sum_of_the_newest_distinct_items()
    {
        using var table = new NpyMatrix<float>([1f, 0f, 0f, 1f, 5f, 5f], 2);
        var pooler = new HistoryPooler(new HistoryPooling { Last = 2, Decay = 0.5f }, table);
        var history = new UserHistory();
        history.Add(2, EventType.Click, 1);
        history.Add(0, EventType.Click, 2);
        history.Add(1, EventType.Click, 3);
        history.Add(1, EventType.Purchase, 4);
        float[] vector = [9f, 9f];
        Assert.True(pooler.TryPool(history, vector));
        Assert.Equal([0.5f, 1f], vector);
    }

    [Fact]
    public void An_empty_history_gives_zeros_and_says_so()
    {
        using var table = new NpyMatrix<float>([1f, 2f], 2);
        float[] vector = [9f, 9f];
        Assert.False(new HistoryPooler(new HistoryPooling(), table).TryPool(new UserHistory(), vector));
        Assert.Equal([0f, 0f], vector);
        Assert.Throws<ArgumentException>(() => new HistoryPooler(new HistoryPooling(), table).TryPool(new UserHistory(), new float[3]));
    }

    [Fact]
    public void Rows_are_gathered_newest_first_with_nothing_behind_the_last()
    {
        using var table = new NpyMatrix<float>([1f, 0f, 0f, 1f, 5f, 5f], 2);
        var pooler = new HistoryPooler(new HistoryPooling { Last = 3, Decay = 0.5f }, table);
        var history = new UserHistory();
        float[] rows = [9f, 9f, 9f, 9f, 9f, 9f], weights = [9f, 9f, 9f];
        history.Add(2, EventType.Click, 1);
        history.Add(0, EventType.Impression, 2);
        history.Add(1, EventType.Click, 3);
        history.Add(1, EventType.Purchase, 4);
        Assert.True(pooler.TryGather(history, rows, weights));
        Assert.Equal([0f, 1f, 5f, 5f, 0f, 0f], rows);
        Assert.Equal([1f, 0.5f, 0f], weights);
        Assert.False(pooler.TryGather(new UserHistory(), rows, weights));
        Assert.All([.. rows, .. weights], v => Assert.Equal(0f, v));
        Assert.Contains("3 rows of table 'item' are 6 values with 3 weights", Assert.Throws<ArgumentException>(() => pooler.TryGather(history, rows, new float[2])).Message, StringComparison.Ordinal);
    }
}
