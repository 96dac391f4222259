using System.Xml.Linq;

namespace L4ReMusl.Goals;

/// <summary>How many tests ran, as the test platform counted them.</summary>
/// <param name="Passed">The number of tests that passed.</param>
/// <param name="Failed">The number of tests that failed, or did not finish.</param>
/// <param name="Skipped">The number of tests that were not run.</param>
public sealed record TestResults(int Passed, int Failed, int Skipped)
{
    static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Adds up all result files (<c>.trx</c>) in a folder.</summary>
    public static TestResults Read(string folder)
    {
        var counters = Directory.EnumerateFiles(folder, "*.trx")
            .Select(file => XDocument.Load(file).Descendants(Trx + "Counters").Single())
            .ToList();
        int Sum(string name) => counters.Sum(counter => (int?)counter.Attribute(name) ?? 0);
        return new TestResults(Sum("passed"), Sum("executed") - Sum("passed"), Sum("total") - Sum("executed"));
    }
}
