namespace L4ReMusl.CommandLine.Plans;

/// <summary>How the page of a plan looks.</summary>
static class PlanStyle
{
    // Without '<', '>' and '&': XML would escape them, and HTML doesn't undo that inside a style element.
    public const string Css = """
        :root {
          --ink: #1b2430; --soft: #5b6675; --paper: #ffffff; --rule: #d9dee5; --line: #7b8796;
          --run: #dbe9ff; --run-edge: #2f6fd6; --done: #dcf5e3; --done-edge: #2b9150; --skip: #f1f3f6; --skip-edge: #97a1ae;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e8ecf2; --soft: #a3afbe; --paper: #14181e; --rule: #2c343e; --line: #8592a2;
            --run: #16305a; --run-edge: #6ea3f7; --done: #143a22; --done-edge: #57c27d; --skip: #222831; --skip-edge: #77828f;
          }
        }
        body { margin: 2rem auto; padding: 0 1.25rem; max-width: 76rem; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.45rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
        p { margin: 0 0 .8rem; color: var(--soft); }
        .legend { list-style: none; margin: 0 0 .8rem; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem;
          font-size: .85rem; color: var(--soft); align-items: center; }
        .line { color: var(--line); letter-spacing: -.1em; }
        .graph { overflow-x: auto; border: 1px solid var(--rule); border-radius: 10px; padding: .5rem; text-align: center; }
        .state { display: inline-block; white-space: nowrap; border: 1px solid; border-radius: 999px; padding: 0 .6em;
          font-size: .85rem; color: var(--ink); }
        .state.run { background: var(--run); border-color: var(--run-edge); }
        .state.done { background: var(--done); border-color: var(--done-edge); }
        .state.skip { background: var(--skip); border-color: var(--skip-edge); border-style: dashed; }
        .node rect { stroke-width: 1.4; }
        .node.run rect { fill: var(--run); stroke: var(--run-edge); }
        .node.done rect { fill: var(--done); stroke: var(--done-edge); }
        .node.skip rect { fill: var(--skip); stroke: var(--skip-edge); stroke-dasharray: 5 4; }
        .node.invoked rect { stroke-width: 3; } .node.invoked .name { font-weight: 700; }
        .node:hover rect { stroke-width: 3; }
        .node text { text-anchor: middle; fill: var(--ink); }
        .node .name { font-size: 14px; } .node .note { font-size: 11px; fill: var(--soft); }
        .node.skip .name { fill: var(--soft); }
        .edge { fill: none; stroke: var(--line); stroke-width: 1.5; }
        .edge:hover { stroke-width: 3; } .edge.after { stroke-dasharray: 4 4; }
        .head { fill: var(--line); }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--rule); }
        th { color: var(--soft); font-weight: 600; } td:first-child { color: var(--soft); font-variant-numeric: tabular-nums; }
        """;

    /// <summary>The CSS class of a state.</summary>
    public static string ClassOf(PlannedState state) => state switch
    {
        PlannedState.WouldRun => "run",
        PlannedState.UpToDate => "done",
        _ => "skip",
    };
}
