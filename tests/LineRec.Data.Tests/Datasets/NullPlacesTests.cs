using Apache.Arrow;

namespace LineRec.Data;

public class NullPlacesTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.97)]
    [InlineData(1.0)]
    public void The_nulls_of_arrays_and_their_slices_are_found(double share)
    {
        var random = new Random(1);
        for (int length = 0; length < 200; length += 1 + (length / 20))
        {
            var builder = new Int32Array.Builder();
            for (int i = 0; i < length + 70; i++)
            {
                if (random.NextDouble() < share) builder.AppendNull();
                else builder.Append(i);
            }

            using var whole = builder.Build();
            foreach (int start in new[] { 0, 1, 7, 8, 63, 64, 70 })
            {
                var slice = (Int32Array)whole.Slice(start, length);
                var found = new List<int>();
                foreach (int place in new NullPlaces(slice)) found.Add(place);
                Assert.Equal(Enumerable.Range(0, length).Where(slice.IsNull), found);
            }
        }
    }
}
