#!/usr/bin/env python3
"""Trains configs over a grid of learning rate, noise level and clip range, each run for the same
seconds of training or iterations, and tabulates the held-out scores before and after.

    experiments/sweep.py experiments/tiny/dancegrpo.toml --seconds 90 --seeds 1 2 \\
        --learning-rates 1e-4 2e-4 4e-4 --noise-levels 0.2 0.3 0.5 --out sweep-dancegrpo.json

Writes OUT (JSON, a record a run, kept up to date after every run), the same name with .md (a table,
best first) and with .tgws (the store of the runs, without pictures). Called again with the same OUT
it does only what is missing; Ctrl+C stops it cleanly, and the run it was in is done again.
One run at a time; standard library only. @FILE reads arguments from a file, # starts a comment.

Seconds are those of `iteration.seconds.total`: training without evaluations. When they are over the
run gets SIGINT, which ends it at its next safe point with a checkpoint; that is then scored by
`treegrpo evaluate`, or, by a program without that command, by the last evaluation in the run (give
`--set evaluation.every=10`).
"""

import argparse
import itertools
import json
import math
import os
import platform
import shlex
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AXES = {
    "learning_rate": "optimizer.learning_rate",
    "noise_level": "sampler.noise_level",
    "clip_range": "objective.clip_range",
}
WITHOUT_PICTURES = ["images.budget_mb=0", "checkpoint.every=0", "checkpoint.keep=1"]
MANY = 1000000  # iterations: the clock ends a run


def parsed_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        fromfile_prefix_chars="@",
    )
    parser.convert_arg_line_to_args = lambda line: shlex.split(line, comments=True)
    parser.add_argument("configs", nargs="+", metavar="CONFIG")
    parser.add_argument("--out", required=True, type=Path, help="results, JSON")
    parser.add_argument("--seconds", type=float, default=90, help="of training a run (default 90)")
    parser.add_argument("--iterations", type=int, help="end a run after these; no clock then")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--learning-rates", nargs="+", default=[None], metavar="RATE")
    parser.add_argument("--noise-levels", nargs="+", default=[None], metavar="LEVEL")
    parser.add_argument("--clip-ranges", nargs="+", default=[None], metavar="RANGE")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="sets",
                        help="of every run; may be given again")
    parser.add_argument("--treegrpo", type=Path, default=ROOT / "build/release/bin/treegrpo")
    parser.add_argument("--retry-failed", action="store_true", help="do failed runs again")
    return parser.parse_args()


def points(arguments):
    """The runs of the grid, seeds innermost; an axis that is not given keeps the config's value."""
    grid = itertools.product(arguments.configs, arguments.learning_rates, arguments.noise_levels,
                             arguments.clip_ranges, arguments.seeds)
    for config, learning_rate, noise_level, clip_range, seed in grid:
        yield {"config": config, "learning_rate": learning_rate, "noise_level": noise_level,
               "clip_range": clip_range, "sets": arguments.sets, "seed": seed,
               "seconds": None if arguments.iterations else arguments.seconds,
               "planned": arguments.iterations}


def key_of(run):
    return json.dumps([run.get(name) for name in
                       ("config", *AXES, "sets", "seconds", "planned", "seed")])


# ---- One run -------------------------------------------------------------------------------------


class Interrupted(Exception):
    """Ctrl+C: the run in progress does not count."""


def train(point, program, store):
    """Runs one point to the end of its seconds; the events of the run and how it ended."""
    command = [str(program), "train", point["config"], "--store", str(store), "--json",
               "--seed", str(point["seed"]), "--iterations", str(point["planned"] or MANY)]
    overrides = [f"{key}={point[axis]}" for axis, key in AXES.items() if point[axis] is not None]
    for override in WITHOUT_PICTURES + overrides + point["sets"]:
        command += ["--set", override]
    # In a session of its own, so that Ctrl+C in the terminal reaches it only through here. Its words
    # go to a file: a pipe that nobody reads meanwhile would fill up and stop it.
    words = tempfile.TemporaryFile(mode="w+")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words, text=True,
                               start_new_session=True)
    events, seconds, stopped = [], 0.0, False
    try:
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "iteration":
                seconds += event["seconds"]["total"]
                event = {"event": "iteration", "seconds": seconds, "reward": event["reward"]}
            event["trained_seconds"] = seconds
            events.append(event)
            if not point["planned"] and seconds >= point["seconds"] and not stopped:
                stopped = True
                process.send_signal(signal.SIGINT)
        code = process.wait()
        words.seek(0)
        return events, code, words.read().strip()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise Interrupted() from None


def scores(event):
    """Graded and strict score of an evaluation event; the error of strict is that of a share."""
    captions = sum(task["n"] for task in event["by_task"].values())
    strict = event["metrics"].get("scene_strict")
    error = None
    if strict is not None and captions > 1:
        error = math.sqrt(strict * (1 - strict) / (captions - 1))
    return {"graded": event["reward"], "strict": strict, "strict_error": error,
            "captions": captions}


def graded_error(store, run, iteration):
    """Standard error over captions, which is in the store and not in the events."""
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
            row = database.execute(
                "SELECT reward_error FROM evaluation WHERE run = ? AND iteration <= ? "
                "ORDER BY iteration DESC LIMIT 1", (run, iteration)).fetchone()
        return row[0] if row else None
    except sqlite3.Error:
        return None


def evaluated(program, store, run):
    """The evaluation event of a run's last checkpoint; nothing if the program has no such command."""
    done = subprocess.run([str(program), "evaluate", "--run", str(run), "--store", str(store),
                           "--json"], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def run_point(point, program, store):
    events, code, complaint = train(point, program, store)
    done = [e for e in events if e["event"] == "iteration"]
    evaluations = [e for e in events if e["event"] == "evaluation"]
    result = dict(point, exit_code=code, iterations=len(done),
                  trained_seconds=done[-1]["trained_seconds"] if done else 0.0)
    if code not in (0, 5) or not evaluations:
        result["failed"] = complaint.splitlines()[-1] if complaint else f"exit code {code}"
        return result
    run = events[0]["run"]
    last = evaluations[-1]
    if last["iteration"] < len(done):
        last = evaluated(program, store, run) or last
    if last["iteration"] == 0 and done:
        result["failed"] = "no evaluation after training; give --set evaluation.every=10"
        return result
    result["run"] = run
    result["before"] = dict(scores(evaluations[0]), graded_error=graded_error(store, run, 0))
    result["after"] = dict(scores(last), iteration=last["iteration"],
                           graded_error=graded_error(store, run, last["iteration"]))
    result["curve"] = [dict(scores(e), iteration=e["iteration"], seconds=e["trained_seconds"])
                       for e in evaluations]
    return result


# ---- Results -------------------------------------------------------------------------------------


def load(path):
    if not path.exists():
        return []
    return json.loads(path.read_text())["runs"]


def machine():
    try:
        models = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")]
    except OSError:
        models = []
    return {"cpu": models[0] if models else platform.machine(), "cores": os.cpu_count()}


def save(path, runs):
    """Whole or not at all: beside, then renamed."""
    results = {"command": shlex.join(sys.argv), "machine": machine(), "runs": runs}
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(results, indent=1) + "\n")
    os.replace(beside, path)


def summary(runs, when, score):
    """Mean over seeds, and its standard error: over seeds where there are two, else over captions."""
    values = [run[when][score] for run in runs if run[when][score] is not None]
    if not values:
        return "–"
    if len(values) > 1:
        error = statistics.stdev(values) / math.sqrt(len(values))
    else:
        error = runs[0][when].get(f"{score}_error")
    text = f"{statistics.fmean(values):.3f}"
    return text if error is None else f"{text} ±{error:.3f}"


def table(runs):
    groups = {}
    for run in runs:
        name = (run["config"], *(run[axis] for axis in AXES), tuple(run["sets"]),
                f"{run['seconds']:g} s" if run["seconds"] else f"{run['planned']} iterations")
        groups.setdefault(name, []).append(run)
    rows = []
    for name, group in groups.items():
        good = [run for run in group if "failed" not in run]
        best = statistics.fmean(run["after"]["graded"] for run in good) if good else -math.inf
        settings = " | ".join("of the config" if part is None else str(part) for part in name[1:4])
        seeds = " ".join(str(run["seed"]) for run in group)
        if not good:
            scored = f"failed: {group[0]['failed']} | |"
        else:
            scored = " | ".join(
                f"{summary(good, 'before', score)} → {summary(good, 'after', score)}"
                for score in ("graded", "strict")) + " |"
        iterations = statistics.fmean(run["iterations"] for run in group)
        label = " ".join([name[0], *name[4]])
        rows.append((name[0], -best, f"| {label} | {settings} | {name[5]} | {seeds} | "
                                     f"{iterations:.0f} | {scored}"))
    lines = [
        "| config | learning rate | noise level | clip range | length | seeds | iterations | "
        "graded before → after | strict before → after |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [row for _, _, row in sorted(rows)]
    lines += ["", "± is the standard error of the mean over seeds where there are at least two, else "
              "over the held-out captions of the run's last stored evaluation."]
    return "\n".join(lines) + "\n"


def main():
    arguments = parsed_arguments()
    store = arguments.out.with_suffix(".tgws")
    runs = load(arguments.out)
    if arguments.retry_failed:
        runs = [run for run in runs if "failed" not in run]
    known = {key_of(run) for run in runs}
    missing = [point for point in points(arguments) if key_of(point) not in known]
    length = f"{arguments.iterations} iterations" if arguments.iterations else f"{arguments.seconds:g} s"
    print(f"{len(missing)} runs of {length} to do, {len(runs)} done", file=sys.stderr)
    for number, point in enumerate(missing, 1):
        try:
            runs.append(run_point(point, arguments.treegrpo, store))
        except Interrupted:
            print("interrupted; the same command goes on", file=sys.stderr)
            return 130
        save(arguments.out, runs)
        arguments.out.with_suffix(".md").write_text(table(runs))
        last = runs[-1]
        told = last.get("failed")
        if not told:
            told = f"graded {last['before']['graded']:.3f} → {last['after']['graded']:.3f}"
        print(f"{number} of {len(missing)}: {key_of(point)}: {told}", file=sys.stderr)
    print(table(runs), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
