using L4ReMusl.Images;
using L4ReMusl.Machines;

namespace L4ReMusl.Smoke;

/// <summary>What the smoke test tests for one architecture.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Images">The images to inspect; the first is also booted, and its programs are run.</param>
/// <param name="BootSet">Returns the folder with kernel, image and script; called only before booting.</param>
public sealed record Guest(Architecture Architecture, IReadOnlyList<GuestImage> Images, Func<string> BootSet)
{
    /// <summary>
    /// Boots the images of L4Re, whose guest must report the given checks, and says what was seen; <see langword="null"/> if
    /// there is no L4Re tree for this architecture.
    /// </summary>
    public Func<IReadOnlyList<string>, string>? BootOnL4Re { get; init; }
}

/// <summary>An image of a guest.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Path">Where it lies.</param>
public sealed record GuestImage(IImageFormat Format, string Path);
