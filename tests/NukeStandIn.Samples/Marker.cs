namespace NukeStandIn.Samples;

/// <summary>Lets the tests find this assembly.</summary>
public static class Marker;
