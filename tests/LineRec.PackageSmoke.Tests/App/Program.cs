using LineRec;

Console.WriteLine("slate: " + typeof(IRecommender).Assembly.GetName().Version);
