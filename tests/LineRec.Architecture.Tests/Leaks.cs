namespace LineRec.Architecture.Tests;

/// <summary>Made-up public types that show a type of another maker, each in its own way.</summary>
public static class Leaks
{
    public class ByBase() : Xunit.Sdk.XunitException(null);

    public abstract class ByInterface : IAsyncLifetime
    {
        public abstract ValueTask InitializeAsync();

        public abstract ValueTask DisposeAsync();
    }

    public class ByReturn
    {
        public static TheoryAttribute? Make() => null;
    }

    public class ByArgument(FactAttribute fact)
    {
        public override string ToString() => $"{fact}";
    }

    public class ByTypeArgument
    {
        public IReadOnlyDictionary<string, List<FactAttribute>> All { get; } = new Dictionary<string, List<FactAttribute>>();
    }

    public class ByArray
    {
        public static readonly FactAttribute[][] All = [];
    }

    public class ByConstraint<T>
        where T : FactAttribute;

    public class ByProtectedMember
    {
        protected static FactAttribute? Make() => null;
    }

    public class InPrivate
    {
        internal static FactAttribute? Inner() => Hidden();

        private static FactAttribute? Hidden() => null;
    }
}
