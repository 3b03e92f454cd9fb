namespace LineRec.Preparation.Tests.Engines;

/// <summary>A test's log as an engine finds it.</summary>
internal sealed record LoadedLog(EventLog Events, FeatureHistory History, ItemPool Pool);
