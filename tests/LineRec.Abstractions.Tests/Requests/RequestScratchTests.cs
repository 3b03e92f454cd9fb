namespace LineRec.Tests.Requests;

public class RequestScratchTests
{
    private sealed class Notes : IRequestScratch
    {
        public int Value { get; set; }

        public void Reset() => Value = 0;
    }

    private sealed class CountingEncoder(bool answers) : IUserEncoder
    {
        public int Calls { get; private set; }

        public int Dimension => 2;

        public bool TryEncode(RequestContext context, Span<float> vector)
        {
            Calls++;
            (vector[0], vector[1]) = (3f, 4f);
            return answers;
        }
    }

    private static readonly ModelSnapshot Snapshot = new(new Catalog(["a"], []));

    private static RequestContext Begin(RequestContext? context = null)
    {
        context ??= new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home" }, Snapshot, DateTimeOffset.UnixEpoch, 1, 20);
        return context;
    }

    [Fact]
    public void An_owner_finds_its_own_scratch_again_within_a_request()
    {
        var context = Begin();
        object first = new(), second = new();
        context.GetScratch<Notes>(first).Value = 1;
        context.GetScratch<Notes>(second).Value = 2;
        Assert.Equal(1, context.GetScratch<Notes>(first).Value);
        Assert.Equal(2, context.GetScratch<Notes>(second).Value);
    }

    [Fact]
    public void The_next_request_gets_the_same_instance_reset_whoever_owns_it()
    {
        var context = Begin();
        var notes = context.GetScratch<Notes>(new object());
        notes.Value = 1;
        context.End();
        Begin(context);
        Assert.Same(notes, context.GetScratch<Notes>(new object()));
        Assert.Equal(0, notes.Value);
    }

    [Fact]
    public void The_user_vector_is_computed_once_a_request()
    {
        var context = Begin();
        var encoder = new CountingEncoder(answers: true);
        Assert.Equal([3f, 4f], context.GetUserVector(encoder).ToArray());
        Assert.Equal([3f, 4f], context.GetUserVector(encoder).ToArray());
        Assert.Equal(1, encoder.Calls);
        Begin(context);
        context.GetUserVector(encoder);
        Assert.Equal(2, encoder.Calls);
    }

    [Fact]
    public void An_encoder_with_nothing_to_say_is_asked_once_and_gives_an_empty_vector()
    {
        var context = Begin();
        var encoder = new CountingEncoder(answers: false);
        Assert.True(context.GetUserVector(encoder).IsEmpty);
        Assert.True(context.GetUserVector(encoder).IsEmpty);
        Assert.Equal(1, encoder.Calls);
    }

    [Fact]
    public void Concurrent_components_share_one_vector()
    {
        var context = Begin();
        var encoder = new CountingEncoder(answers: true);
        Parallel.For(0, 100, _ => Assert.Equal(3f, context.GetUserVector(encoder)[0]));
        Assert.Equal(1, encoder.Calls);
    }
}
