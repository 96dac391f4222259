namespace L4ReMusl.CommandLine.Plans;

/// <summary>The look of states and pages of plans.</summary>
static class PlanStyle
{
    // Must not contain '<', '>' or '&': XML needs them escaped, and HTML does not unescape them in a style element.
    public const string Css = """
        :root { --ink: #1b2430; --soft: #5b6675; --paper: #fff; --rule: #d9dee5; --line: #7b8796;
          --run: #dbe9ff; --run-edge: #2f6fd6; --done: #dcf5e3; --done-edge: #2b9150; --skip: #f1f3f6; --skip-edge: #97a1ae; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8ecf2; --soft: #a3afbe; --paper: #14181e; --rule: #2c343e; --line: #8592a2;
            --run: #16305a; --run-edge: #6ea3f7; --done: #143a22; --done-edge: #57c27d; --skip: #222831; --skip-edge: #77828f; }
        }
        .run { --fill: var(--run); --edge: var(--run-edge); } .done { --fill: var(--done); --edge: var(--done-edge); }
        .skip { --fill: var(--skip); --edge: var(--skip-edge); } .outside { --fill: var(--paper); --edge: var(--line); }
        body { margin: 2rem auto; padding: 0 1.25rem; max-width: 76rem; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.45rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
        p, .legend, th, td:first-child { color: var(--soft); }
        .legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; font-size: .85rem; }
        .graph { overflow-x: auto; border: 1px solid var(--rule); border-radius: 10px; padding: .5rem; }
        .state { white-space: nowrap; border: 1px solid var(--edge); border-radius: 999px; padding: 0 .6em; font-size: .85rem;
          color: var(--ink); background: var(--fill); }
        rect, circle { fill: var(--fill); stroke: var(--edge); stroke-width: 1.4; } .skip rect { stroke-dasharray: 5 4; }
        .invoked rect, .node:hover rect { stroke-width: 3; } .invoked .name { font-weight: 700; }
        .name { font-size: 14px; fill: var(--ink); } .note { font-size: 11px; fill: var(--soft); }
        .edge { fill: none; stroke: var(--line); stroke-width: 1.6; } .edge:hover { stroke-width: 3.2; }
        .after { stroke-dasharray: 3 4; } svg .outside { opacity: .45; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--rule); }
        """;

    /// <summary>A state as a sign (for displays without colour), in words, and as a CSS class.</summary>
    public static (char Sign, string Words, string Class) Look(this PlannedState state) => state switch
    {
        PlannedState.WouldRun => ('●', "would run", "run"),
        PlannedState.UpToDate => ('✓', "up to date", "done"),
        PlannedState.Skipped => ('○', "skipped", "skip"),
        _ => ('·', "not part of this run", "outside"),
    };
}
