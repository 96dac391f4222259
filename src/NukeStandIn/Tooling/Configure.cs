namespace Nuke.Common.Tooling;

/// <summary>Changes options and returns them.</summary>
public delegate T Configure<T>(T options);
