namespace LineRec.Training;

/// <summary>Normally distributed numbers from a seeded source (Box and Muller's method), the same on every machine.</summary>
internal static class Gaussian
{
    public static float[] Draw(Random random, int count, double deviation)
    {
        var values = new float[count];
        for (int i = 0; i < count; i += 2)
        {
            double radius = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), angle = 2 * Math.PI * random.NextDouble();
            values[i] = (float)(radius * Math.Cos(angle));
            if (i + 1 < count) values[i + 1] = (float)(radius * Math.Sin(angle));
        }

        return values;
    }
}
