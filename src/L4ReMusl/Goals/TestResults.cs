using System.Globalization;
using System.Xml.Linq;

namespace L4ReMusl.Goals;

/// <summary>How many tests ran, as the test platform counted them.</summary>
/// <param name="Passed">The number of tests that passed.</param>
/// <param name="Failed">The number of tests that failed, or did not finish.</param>
/// <param name="Skipped">The number of tests that were not run.</param>
/// <param name="Slowest">The tests that took longest, the slowest first.</param>
public sealed record TestResults(int Passed, int Failed, int Skipped, IReadOnlyList<(string Name, TimeSpan Duration)> Slowest)
{
    const int SlowestShown = 10;

    static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Adds up all result files (<c>.trx</c>) in a folder.</summary>
    public static TestResults Read(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.trx").Select(file => XDocument.Load(file)).ToList();
        var counters = files.Select(file => file.Descendants(Trx + "Counters").Single()).ToList();
        int Sum(string name) => counters.Sum(counter => (int?)counter.Attribute(name) ?? 0);
        var tests = from test in files.SelectMany(file => file.Descendants(Trx + "UnitTestResult"))
                    let duration = (string?)test.Attribute("duration") // Missing where a test did not run.
                    where duration is not null
                    select ((string)test.Attribute("testName")!, TimeSpan.Parse(duration, CultureInfo.InvariantCulture));
        return new TestResults(
            Sum("passed"),
            Sum("executed") - Sum("passed"),
            Sum("total") - Sum("executed"),
            [.. tests.OrderByDescending(test => test.Item2).Take(SlowestShown)]);
    }
}
