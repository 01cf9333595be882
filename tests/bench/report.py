"""Tables and figures of what tests/bench/run.sh measured.

    report.py MEASURED RESULTS PAGE

MEASURED: the folder with iteration.json, parts.json, precision.jsonl, ours-N.json, eager-N.json and
curve-METHOD.json (what is missing is left out). RESULTS gets benchmark.json, curves.json,
cost.png and curves.png; in PAGE what stands between the marks "<!-- benchmark -->" and
"<!-- end of benchmark -->" is replaced.
"""

import json
import math
import statistics
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

NAMES = {"treegrpo": "TreeGRPO", "mixgrpo": "MixGRPO", "dancegrpo": "DanceGRPO",
         "flowgrpo": "Flow-GRPO", "branchgrpo": "BranchGRPO"}
COLORS = {"treegrpo": "#0B7D50", "mixgrpo": "#8C387D", "dancegrpo": "#5A4300",
          "flowgrpo": "#191B1E", "branchgrpo": "#4A2A86"}
DASHES = {"treegrpo": "-", "mixgrpo": "--", "dancegrpo": ":", "flowgrpo": "-.",
          "branchgrpo": (0, (1, 2))}
BEGIN, END = "<!-- benchmark -->", "<!-- end of benchmark -->"


def load(path):
    return json.loads(path.read_text()) if path.exists() else None


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def number(value, digits=3):
    text = f"{value:.{digits}f}"
    return text.removeprefix("0") if 0 < value < 1 else text


# ---- Seconds of an iteration ---------------------------------------------------------------------


def told_machine(machine):
    return (f"Machine: {machine['cpu']}, {machine['threads']} threads, waiting {machine['wait_policy']}, "
            f"LibTorch {machine['torch']}; commit {machine['commit'] or 'not known'}, {machine['made']}.")


def iteration_table(measured):
    phases = ("sample", "decode", "reward", "train", "total")
    rows = [[m["title"], f"{m['rows']['sampled']:.0f}", f"{m['rows']['trained']:.0f}",
             *(number(m["seconds"][phase]) for phase in phases), f"{m['ratio']:.2f}"]
            for m in measured["methods"]]
    return (f"Seconds of an iteration of 8 prompts, medians over {measured['rounds']} interleaved rounds "
            "(TreeGRPO: the mean over its window starts). Rows are latents through the network.\n\n"
            + table(["method", "rows sampled", "rows trained", *phases, "× TreeGRPO"], rows))


def small_costs(iteration):
    lines = []
    for each in iteration["sampling"]["sampling"]:
        lines.append(f"- Sampling of {each['name']}: {number(each['sampling_seconds'])} s, "
                     f"{each['ratio']:.3f} × the bare forward passes of the same rows.")
    store = iteration["store"]
    for key, words in (("leaves_kept", "leaves' pictures kept"), ("all_nodes_kept", "all pictures kept")):
        if key in store:
            lines.append(f"- Store and events, {words}: {1e3 * store[key]['seconds']:.1f} ms, "
                         f"{100 * store[key]['share']:.1f} % of an iteration of TreeGRPO.")
    if "leaves_kept" in store and "all_nodes_kept" in store:
        every = store["every"]
        mean = (store["leaves_kept"]["share"] * (every - 1) + store["all_nodes_kept"]["share"]) / every
        lines.append(f"- On average, with all pictures every {every} iterations: {100 * mean:.1f} %.")
    peaks = ", ".join(f"{name} {size / 1e9:.2f}" for name, size in iteration["peak_bytes"].items())
    lines.append(f"- Peak resident memory, GB: {peaks}.")
    return "\n".join(lines)


def draw_costs(series, path):
    axes = list(dict.fromkeys(point["axis"] for point in series))
    labels = {"branch": "branching factor k", "window": "window w", "steps": "steps T",
              "prompts": "prompts", "width": "model width"}
    figure, plots = plt.subplots(1, len(axes), figsize=(2.2 * len(axes), 2.2), sharey=True)
    for plot, axis in zip(plots, axes):
        for method in ("treegrpo", "dancegrpo"):
            points = [(p["value"], p["seconds"]["total"]) for p in series
                      if p["axis"] == axis and p["method"] == method]
            plot.plot(*zip(*points), color=COLORS[method], linestyle=DASHES[method], marker="o",
                      markersize=3, label=NAMES[method])
        plot.set_xlabel(labels[axis])
        plot.set_yscale("log")
        plot.grid(alpha=.3)
        plot.spines[["top", "right"]].set_visible(False)
    plots[0].set_ylabel("seconds an iteration")
    plots[0].legend(frameon=False, fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


def eager_words(folder):
    ours = [load(path) for path in sorted(folder.glob("ours-*.json"))]
    eager = [load(path) for path in sorted(folder.glob("eager-*.json"))]
    if not ours or not eager:
        return None, ""
    mine = statistics.median(o["iteration"]["methods"][0]["seconds"]["total"] for o in ours)
    other = statistics.median(e["seconds"]["total"] for e in eager)
    result = {"ours": mine, "eager": other, "ratio": mine / other, "turns": len(ours)}
    return result, (f"- The same iteration in eager Python (PyTorch {eager[0]['torch']}, the same network, checked "
                    f"to 1e-4): {number(other)} s; this program {number(mine)} s, {mine / other:.2f} × of it "
                    f"(medians of {len(ours)} turns; reward colorfulness on either side).")


def precision_table(lines):
    rows = [[str(line["threads"]), str(line["rows"]),
             *(f"{line[p][kind]:.1f}" for kind in ("predict_ms", "train_ms") for p in ("fp32", "bf16"))]
            for line in lines]
    return table(["threads", "rows", "forward fp32, ms", "forward bf16, ms", "trained fp32, ms",
                  "trained bf16, ms"], rows)


# ---- Held-out scores -----------------------------------------------------------------------------


def at_time(run, seconds, score):
    """Linear between evaluations; none after the last."""
    curve = run["curve"]
    for a, b in zip(curve, curve[1:]):
        if a["seconds"] <= seconds <= b["seconds"]:
            share = (seconds - a["seconds"]) / max(1e-9, b["seconds"] - a["seconds"])
            return a[score] + share * (b[score] - a[score])
    return None


def mean_at(runs, seconds, score):
    values = [at_time(run, seconds, score) for run in runs]
    values = [value for value in values if value is not None]
    return values if len(values) == len(runs) else None


def time_to(runs, goal, score, limit):
    """Seconds until the mean over seeds first has that score."""
    for seconds in range(0, int(limit) + 1):
        values = mean_at(runs, seconds, score)
        if values and statistics.fmean(values) >= goal:
            return seconds
    return None


def curves(folder):
    """Runs by method. What the scores are after an iteration does not depend on who else used the
    machine; the seconds of an iteration do, so they are the quiet benchmark's."""
    quiet = load(folder / "iteration-1.json")
    found = {}
    for method in NAMES:
        results = load(folder / f"curve-{method}.json")
        runs = [run for run in (results or {"runs": []})["runs"] if "failed" not in run]
        if not runs or not quiet:
            continue
        name = "flow_grpo" if method == "flowgrpo" else method
        each = next(m["seconds"]["total"] for m in quiet["iteration"]["methods"] if m["name"] == name)
        for run in runs:
            for point in run["curve"]:
                point["seconds"] = point["iteration"] * each
        found[method] = runs
    return found


def longest(runs):
    return min(run["curve"][-1]["seconds"] for run in runs)


def mean_and_error(values):
    if not values:
        return "–"
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0
    return f"{number(statistics.fmean(values))} ± {number(error)}"


def curve_table(found):
    whole = longest(found["dancegrpo"])  # methods that trained about as long are compared at its end
    limit = int(min(t for t in map(longest, found.values()) if t > .9 * whole)) // 10 * 10
    goals = {score: statistics.fmean(mean_at(found["dancegrpo"], limit, score))
             for score in ("graded", "strict")}
    rows = []
    for method, runs in found.items():
        row = [NAMES[method], f"{statistics.fmean(run['iterations'] for run in runs):.0f}"]
        for score in ("graded", "strict"):
            for seconds in (60, 120, limit):
                row.append(mean_and_error(mean_at(runs, seconds, score)))
        for score in ("graded", "strict"):
            reached = time_to(runs, goals[score], score, longest(runs))
            row.append("not reached" if reached is None else f"{reached} s")
        rows.append(row)
    seeds = len(next(iter(found.values())))
    head = ["method", "iterations",
            *(f"{score}, {seconds} s" for score in ("graded", "strict") for seconds in (60, 120, limit)),
            f"to graded {number(goals['graded'])}", f"to strict {number(goals['strict'])}"]
    return (f"Held-out scores (840 captions) against seconds of training without evaluations: iterations × the median "
            f"seconds of one on a quiet machine with one thread; mean ± standard error over {seeds} seeds. The last two columns: when the mean first has the "
            f"score that DanceGRPO has after {limit:g} s.\n\n" + table(head, rows))


def draw_curves(found, path):
    figure, plots = plt.subplots(1, 2, figsize=(8, 3))
    for plot, score in zip(plots, ("graded", "strict")):
        for method, runs in found.items():
            limit = int(longest(runs))
            times = [t for t in range(0, limit + 1, 5) if mean_at(runs, t, score)]
            values = [mean_at(runs, t, score) for t in times]
            middle = [statistics.fmean(v) for v in values]
            error = [statistics.stdev(v) / math.sqrt(len(v)) if len(v) > 1 else 0 for v in values]
            plot.plot(times, middle, color=COLORS[method], linestyle=DASHES[method], label=NAMES[method])
            plot.fill_between(times, [m - e for m, e in zip(middle, error)],
                              [m + e for m, e in zip(middle, error)], color=COLORS[method], alpha=.13)
        plot.set_xlabel("seconds of training")
        plot.set_ylabel(f"held-out {score}")
        plot.grid(alpha=.3)
        plot.spines[["top", "right"]].set_visible(False)
    plots[0].legend(frameon=False, fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=130)


# ---- The page ------------------------------------------------------------------------------------


def main():
    measured, results, page = (Path(argument) for argument in sys.argv[1:4])
    parts = []
    iteration = load(measured / "iteration.json")
    if iteration:
        eager, told_eager = eager_words(measured)
        precision = [json.loads(line) for line in (measured / "precision.jsonl").read_text().splitlines()] \
            if (measured / "precision.jsonl").exists() else []
        benchmark = dict(iteration, eager=eager, precision=precision, parts=load(measured / "parts.json"))
        (results / "benchmark.json").write_text(json.dumps(benchmark, indent=1) + "\n")
        if "series" in iteration:
            draw_costs(iteration["series"]["series"], results / "cost.png")
        parts += ["`tests/bench/run.sh`. " + told_machine(iteration["machine"]),
                  iteration_table(iteration["iteration"]),
                  small_costs(iteration) + ("\n" + told_eager if told_eager else "")]
        if "series" in iteration:
            parts.append("![Seconds an iteration against k, w, T, prompts and width](results/cost.png)")
        if precision:
            parts.append("The network in fp32 and bf16 (`run.precision`), forward alone and forward with "
                         "backward, medians of 15:\n\n" + precision_table(precision))
    found = curves(measured)
    if "dancegrpo" in found:
        (results / "curves.json").write_text(json.dumps(found, indent=1) + "\n")
        draw_curves(found, results / "curves.png")
        parts += ["`tests/bench/run.sh --curves`. " + curve_table(found),
                  "![Held-out scores against seconds of training](results/curves.png)"]
    text = page.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(before + BEGIN + "\n\n" + "\n\n".join(parts) + "\n\n" + END + after)


if __name__ == "__main__":
    main()
