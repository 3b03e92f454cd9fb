namespace LineRec;

/// <summary>Makes a component when a pipeline is linked to a snapshot: once a placement and bundle, not once a request.</summary>
/// <remarks>What must be disposed (sessions, files, indexes) is made through <see cref="ModelSnapshot.GetOrCreate{T}"/>; the component itself isn't disposed.</remarks>
/// <typeparam name="T">The component's interface.</typeparam>
/// <param name="context">What it is made from.</param>
/// <exception cref="InvalidOperationException">The snapshot or the services lack what the component needs; the message says what to do.</exception>
public delegate T ComponentFactory<out T>(ComponentContext context);
