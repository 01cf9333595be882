#!/usr/bin/env python3
"""Golden numbers for core/compare: means, bands, bootstrap, time to target, ECDFs, histograms.

Written with numpy and scipy from the definitions in the headers of core/compare, not from its code:

    python3 tests/golden/statistics.py > tests/golden/statistics.json
"""

import json
import math
import sys
import warnings

import numpy as np
import scipy.stats

RESAMPLES = 2000
MASK = (1 << 64) - 1


def mix64(value):
    """splitmix64 (Steele, Lea, Flood 2014)."""
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def indices(n, stream=0):
    start = mix64(stream)
    words = [mix64((start + i) & MASK) >> 32 for i in range(RESAMPLES * n)]
    return np.array([(word * n) >> 32 for word in words]).reshape(RESAMPLES, n)


def interval(values):
    """Type 7 quantiles by sorting, since numpy's give nan between two infinities."""
    ordered = sorted(values)
    ends = []
    for fraction in (0.025, 0.975):
        place = fraction * (len(ordered) - 1)
        below = math.floor(place)
        low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
        ends.append(low if low == high or place == below else low + (place - below) * (high - low))
    return ends


def bootstrap_mean(values):
    values = np.array(values)
    return interval(values[indices(len(values))].mean(axis=1))


def check_against_scipy(values):
    """The percentile bootstrap of scipy, with its own generator, must give nearly the same."""
    theirs = scipy.stats.bootstrap(
        (np.array(values),), np.mean, n_resamples=20000, method="percentile", rng=1
    ).confidence_interval
    scale = np.std(values, ddof=1)
    for ours, other in zip(bootstrap_mean(values), theirs):
        assert abs(ours - other) < 0.12 * scale, (ours, other, scale)


def sample_case(values):
    if len(values) >= 5:
        check_against_scipy(values)
    return {
        "values": values,
        "mean": np.mean(values),
        "deviation": np.std(values, ddof=1),
        "standard_error": scipy.stats.sem(values),
        "quantiles": [[q, np.quantile(values, q)] for q in (0, 0.025, 0.25, 0.5, 0.9, 1)],
        "bootstrap": bootstrap_mean(values),
    }


def grid_of(runs):
    return sorted({x for run in runs for x in run["x"]})


def values_on(run, grid, axis):
    if axis == "iteration":
        at = dict(zip(run["x"], run["y"]))
        return [at.get(x, math.nan) for x in grid]
    return list(np.interp(grid, run["x"], run["y"], left=math.nan, right=math.nan))


def curve_case(runs, axis):
    grid = grid_of(runs)
    rows = np.array([values_on(run, grid, axis) for run in runs])
    n = np.sum(~np.isnan(rows), axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one value has no deviation
        mean, std = np.nanmean(rows, axis=0), np.nanstd(rows, axis=0, ddof=1)
        error = scipy.stats.sem(rows, axis=0, nan_policy="omit")
    many = n >= 2

    def ends(low, high):
        return [[float(l), float(h)] if m else None for l, h, m in zip(low, high, many)]

    bands = {
        "se": ends(mean - error, mean + error),
        "std": ends(mean - std, mean + std),
        "range": ends(np.nanmin(rows, axis=0), np.nanmax(rows, axis=0)),
        "bootstrap": [
            bootstrap_mean(column[~np.isnan(column)]) if m else None
            for column, m in zip(rows.T, many)
        ],
    }
    return {"axis": axis, "runs": runs, "x": grid, "mean": mean, "n": n, "bands": bands}


def reached(grid, rows, chosen, target):
    for at, x in enumerate(grid):
        column = rows[:, at]
        if not np.isnan(column).any() and column[chosen].mean() >= target:
            return x
    return math.inf


def ratio(group, reference):
    if math.isinf(group):
        return math.nan if math.isinf(reference) else 0.0
    return 1.0 if group == reference else reference / group


def target_case(group, reference, axis, target):
    sides = []
    for stream, runs in ((0, group), (1, reference)):
        grid = grid_of(runs)
        rows = np.array([values_on(run, grid, axis) for run in runs])
        sides.append((grid, rows, indices(len(runs), stream)))
    whole = [reached(g, r, list(range(len(r))), target) for g, r, _ in sides]
    ratios = [
        ratio(*(reached(g, r, drawn[resample], target) for g, r, drawn in sides))
        for resample in range(RESAMPLES)
    ]
    decided = [r for r in ratios if not math.isnan(r)]
    return {
        "axis": axis,
        "target": target,
        "group": group,
        "reference": reference,
        "reached": whole,
        "ratio": ratio(*whole),
        "interval": interval(decided) if decided else [math.nan, math.nan],
        "undecided": RESAMPLES - len(decided),
    }


def distribution_case(samples):
    together = np.concatenate(samples)
    edges = np.histogram_bin_edges(together, bins="fd")
    return {
        "samples": samples,
        "edges": edges,
        "counts": [np.histogram(sample, bins=edges)[0] for sample in samples],
        "ecdf": [
            [scipy.stats.ecdf(sample).cdf.quantiles, scipy.stats.ecdf(sample).cdf.probabilities]
            for sample in samples
        ],
    }


def learning_run(rng, axis, rate, points):
    steps = np.arange(points) if axis == "iteration" else np.cumsum(rng.uniform(5, 15, points))
    if axis == "iteration":
        steps = np.sort(rng.choice(points + 3, points, replace=False))
    y = 1 - np.exp(-rate * np.arange(points)) + rng.normal(0, 0.03, points)
    return {"x": [float(x) for x in np.round(steps, 3)], "y": [float(v) for v in np.round(y, 4)]}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (np.integer, int)):
        return int(value)
    if isinstance(value, (np.floating, float)):
        value = float(value)
        return None if math.isnan(value) else "inf" if math.isinf(value) else float(f"{value:.15g}")
    return value


def main():
    rng = np.random.default_rng(2512_08153)
    draws = [[float(v) for v in np.round(rng.normal(0.6, 0.1, n), 4)] for n in (2, 3, 5, 8, 21)]
    curves, targets = [], []
    for axis in ("iteration", "nfe"):
        for lengths in ((9, 9, 9), (6, 9, 4), (5, 7), (4,)):
            curves.append(curve_case([learning_run(rng, axis, 0.3, n) for n in lengths], axis))
        for fast, slow, target in ((0.35, 0.2, 0.7), (0.3, 0.12, 0.78), (0.1, 0.3, 0.72), (0.1, 0.1, 2)):
            group = [learning_run(rng, axis, fast, 14) for _ in range(3)]
            reference = [learning_run(rng, axis, slow, 14) for _ in range(4)]
            targets.append(target_case(group, reference, axis, target))
    samples = [[float(v) for v in np.round(rng.normal(m, 1, n), 3)] for m, n in ((0, 60), (0.5, 35))]
    samples[0] += samples[0][:5]  # ties
    golden = {
        "made_by": "tests/golden/statistics.py",
        "samples": [sample_case(values) for values in draws],
        "curves": curves,
        "targets": targets,
        "distributions": [distribution_case(samples)],
    }
    json.dump(plain(golden), sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
