using Microsoft.Extensions.DependencyInjection;

namespace LineRec;

/// <summary>Configures LineRec in a host's services.</summary>
public interface ILineRecBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>Registers a placement.</summary>
    /// <param name="name">Its name; once a host.</param>
    /// <param name="configure">Describes its pipeline.</param>
    ILineRecBuilder AddPlacement(string name, Action<IPlacementBuilder> configure);
}
