#!/usr/bin/env python3
"""Edge advantages of every credit rule on random trees, written from the formulas of
core/tree/METHODS.md ("From rewards to advantages") and of the papers named there, and from nothing of
the C++ code. Writes credit_rules.json, which tests/golden/tst_credit_rules.cpp holds the program to.

    python3 tests/golden/credit_rules.py > tests/golden/credit_rules.json

Standard library only; the same Python and seed give the same file.

A tree is a list of nodes in level order (all roots, then all nodes of step 1, ...), each with its
parent, so that nodes of one step may have different numbers of children.
"""

import json
import math
import random
import sys

CASES = 36
SEED = 20260301


# ---- Trees ---------------------------------------------------------------------------------------


def children_of(parents):
    below = [[] for _ in parents]
    for node, parent in enumerate(parents):
        if parent >= 0:
            below[parent].append(node)
    return below


def depth_of(record, node):
    parent = record["parents"][node]
    return 0 if parent < 0 else 1 + depth_of(record, parent)


def leaves_of(record):
    return [n for n in range(len(record["parents"])) if depth_of(record, n) == len(record["steps"])]


def ancestors(record, node):
    """From the node's parent up to its root."""
    found = []
    while record["parents"][node] >= 0:
        node = record["parents"][node]
        found.append(node)
    return found


def is_trained(record, node):
    """Whether the edge into a node gets an advantage."""
    depth = depth_of(record, node)
    return depth > 0 and record["steps"][depth - 1]["train"]


# ---- Statistics: population deviation, with a floor ----------------------------------------------


def mean(values):
    return math.fsum(values) / len(values)


def deviation(values):
    centre = mean(values)
    return math.sqrt(math.fsum((v - centre) ** 2 for v in values) / len(values))


def varies(values):
    return max(values) > min(values)


# ---- Scores of leaves: what is backed up ---------------------------------------------------------


def is_skipped(record):
    return not any(w != 0 and varies(c) for w, c in zip(record["weights"], record["rewards"]))


def floored(group, iteration_column, std, options):
    """What divides a column: the deviation of the group or of the iteration, or nothing."""
    if std == "none":
        return 1.0
    return max(deviation(group if std == "group" else iteration_column), options["std_min"])


def z_scores(record, iteration, options, std):
    """(2): sum over columns of w (R - mean) / max(std, std_min); a constant column adds nothing."""
    total = [0.0] * len(record["rewards"][0])
    for column, (weight, rewards) in enumerate(zip(record["weights"], record["rewards"])):
        if not varies(rewards):
            continue
        by = floored(rewards, iteration[column], std, options)
        centre = mean(rewards)
        for at, reward in enumerate(rewards):
            total[at] += weight * (reward - centre) / by
    return total


def tree_and_prompt_scores(record, iteration, options):
    """z within the prompt plus z within the leaf's own tree; a tree of one leaf, or whose leaves are
    equal, adds nothing. The deviation of `batch` and `none` is the same for both."""
    total = z_scores(record, iteration, options, options["std"])
    leaves = leaves_of(record)
    root_of = [([leaf] + ancestors(record, leaf))[-1] for leaf in leaves]
    for column, (weight, rewards) in enumerate(zip(record["weights"], record["rewards"])):
        for root in sorted(set(root_of)):
            mine = [r for r, at in zip(rewards, root_of) if at == root]
            if not varies(mine):
                continue
            by = floored(mine, iteration[column], options["std"], options)
            for at, reward in enumerate(rewards):
                if root_of[at] == root:
                    total[at] += weight * (reward - mean(mine)) / by
    return total


def group_averages(record, iteration, options):
    """Mean over a leaf's groups of R_i - mean of the group. Groups: the prompt, and the leaves under
    each ancestor that branches; each set of leaves counts once."""
    scores = z_scores(record, iteration, options, "none")
    leaves = leaves_of(record)
    below = children_of(record["parents"])
    under = {}
    for at, leaf in enumerate(leaves):
        for node in ancestors(record, leaf):
            under.setdefault(node, set()).add(at)
    result = []
    for at, leaf in enumerate(leaves):
        groups = {frozenset(range(len(leaves)))}
        groups |= {frozenset(under[n]) for n in ancestors(record, leaf) if len(below[n]) > 1}
        result.append(mean([scores[at] - mean([scores[i] for i in g]) for g in groups]))
    return result


def whitened(records, iteration, options):
    """Of all leaves of the iteration outside skipped groups: mean 0, deviation 1."""
    raw = [None if is_skipped(r) else group_averages(r, iteration, options) for r in records]
    everyone = [score for scores in raw if scores for score in scores]
    if not everyone:
        return [[0.0] * len(r["rewards"][0]) for r in records]
    centre, by = mean(everyone), max(deviation(everyone), options["std_min"])
    return [
        [(s - centre) / by for s in scores] if scores else [0.0] * len(r["rewards"][0])
        for r, scores in zip(records, raw)
    ]


# ---- Backup: from leaves to every node -----------------------------------------------------------


def sibling_weights(record, siblings, options):
    """(4): 1/k, or the softmax of log pi_old over siblings; the stored log-prob is the mean over the
    latent's dimensions."""
    if options["backup"] == "mean" or len(siblings) == 1:
        return [1 / len(siblings)] * len(siblings)
    scale = 1 / options["temperature"]
    if options["backup"] == "softmax_sum_log_prob":
        scale *= options["dimensions"]
    logits = [record["log_probs"][n] * scale for n in siblings]
    top = max(logits)
    exponentials = [math.exp(l - top) for l in logits]
    return [e / math.fsum(exponentials) for e in exponentials]


def backed_up(record, scores, options):
    """(3): V of every node."""
    below = children_of(record["parents"])
    score_of = dict(zip(leaves_of(record), scores))

    def value(node):
        if node in score_of:
            return score_of[node]
        weights = sibling_weights(record, below[node], options)
        return math.fsum(w * value(child) for w, child in zip(weights, below[node]))

    return [value(node) for node in range(len(record["parents"]))]


def softmax_ess(records, options):
    """Mean over the nodes that branch of 1 / sum w^2."""
    found = []
    for record in records:
        for siblings in children_of(record["parents"]):
            if len(siblings) > 1:
                found.append(1 / math.fsum(w * w for w in sibling_weights(record, siblings, options)))
    return mean(found) if found else None


# ---- Rules: (5), the edge into a node, before the clamp ------------------------------------------


def leaf_count(record, node):
    return sum(1 for leaf in leaves_of(record) if leaf == node or node in ancestors(record, leaf))


def own_value(record, values, options, node):
    return values[node]


def depth_score(record, values, options, node):
    """Over all nodes of the same step, of all trees of the prompt."""
    depth = depth_of(record, node)
    level = [v for n, v in enumerate(values) if depth_of(record, n) == depth]
    if len(level) == 1 or max(level) - min(level) < 1e-12:
        return 0.0
    return (values[node] - mean(level)) / max(deviation(level), options["std_min"])


def over_parent(record, values, options, node):
    return values[node] - values[record["parents"][node]]


def treerl(record, values, options, node):
    prompt = mean([v for n, v in enumerate(values) if record["parents"][n] < 0])
    local = values[node] - values[record["parents"][node]]
    return (values[node] - prompt + local) / math.sqrt(leaf_count(record, node))


def tempo(record, values, options, node):
    return values[node] + (values[node] - values[record["parents"][node]])


EDGE_RULES = {
    "treegrpo": own_value,
    "branchgrpo": depth_score,
    "treerpo": over_parent,
    "dtreerpo": over_parent,
    "treepo": own_value,
    "treegrpo_agent": own_value,
    "treerl": treerl,
    "tempo": tempo,
}


def scores_by_rule(rule, records, options):
    columns = len(records[0]["rewards"])
    iteration = [[v for r in records for v in r["rewards"][c]] for c in range(columns)]
    if rule == "treepo":
        return whitened(records, iteration, options)
    if rule == "treegrpo_agent":
        return [tree_and_prompt_scores(r, iteration, options) for r in records]
    std = "none" if rule == "dtreerpo" else options["std"]
    return [z_scores(r, iteration, options, std) for r in records]


def advantages(rule, records, options):
    """Of the trained edges, in node order; none in a skipped group."""
    result = []
    for record, scores in zip(records, scores_by_rule(rule, records, options)):
        if is_skipped(record):
            result.append([])
            continue
        values = backed_up(record, scores, options)
        clip = options["adv_clip_max"]
        result.append(
            [
                max(-clip, min(clip, EDGE_RULES[rule](record, values, options, node)))
                for node in range(len(values))
                if is_trained(record, node)
            ]
        )
    return result


# ---- Random cases --------------------------------------------------------------------------------


def random_steps(rng):
    """The last step is an ODE step; some step branches and some step trains."""
    while True:
        steps = []
        for _ in range(rng.randint(2, 5)):
            noisy = rng.random() < 0.7
            steps.append(
                {"branch": rng.choice([1, 2, 2, 3]) if noisy else 1, "noisy": noisy,
                 "train": noisy and rng.random() < 0.75}
            )
        steps.append({"branch": 1, "noisy": False, "train": False})
        leaves = math.prod(s["branch"] for s in steps)
        if 1 < leaves <= 12 and any(s["train"] for s in steps):
            return steps


def random_record(rng, steps, ragged, weights):
    roots = rng.choice([1, 1, 2, 3])
    parents = [-1] * roots
    log_probs = [None] * roots
    frontier = list(range(roots))
    for step in steps:
        grown = []
        for parent in frontier:
            count = rng.randint(1, step["branch"]) if ragged else step["branch"]
            for _ in range(count):
                grown.append(len(parents))
                parents.append(parent)
                log_probs.append(round(rng.gauss(-1, 0.2), 4) if step["noisy"] else None)
        frontier = grown
    record = {"steps": steps, "parents": parents, "log_probs": log_probs, "weights": weights}
    kind = rng.choice(["spread"] * 6 + ["coarse", "coarse", "constant"])
    record["rewards"] = []
    for column in range(len(weights)):
        level = round(rng.uniform(-1, 1), 3)
        scale = rng.choice([1, 1, 20, 0.01])
        draw = {
            "spread": lambda: round(level + scale * rng.random(), 4),
            "coarse": lambda: float(rng.randint(0, 1)),
            "constant": lambda: level,
        }[kind if column == 0 or kind == "constant" else rng.choice(["spread", "constant"])]
        record["rewards"].append([draw() for _ in frontier])
    return record


def random_case(rng, number):
    backups = ["mean", "softmax_mean_log_prob", "softmax_sum_log_prob"]
    options = {
        "backup": backups[number % 3],
        "temperature": rng.choice([1, 0.5, 4]),
        "dimensions": rng.choice([12, 48]),
        "std": ["group", "batch", "none", "group"][number % 4],
        "std_min": rng.choice([1e-4, 1e-4, 0.05, 0.5]),
        "adv_clip_max": rng.choice([5, 5, 1, 1e6]),
    }
    steps = random_steps(rng)
    weights = [rng.choice([1, 0.8, 2]), rng.choice([0.2, -0.5, 0])][: rng.choice([1, 2, 2])]
    ragged = rng.random() < 0.35
    records = [random_record(rng, steps, ragged, weights) for _ in range(rng.choice([1, 2, 3]))]
    case = {"options": options, "records": records}
    case["skipped"] = [is_skipped(r) for r in records]
    case["softmax_ess"] = softmax_ess(records, options)
    case["advantages"] = {rule: advantages(rule, records, options) for rule in EDGE_RULES}
    return case


def compact(value):
    """Floats with 15 significant digits, which is what is left of a double after these sums."""
    if isinstance(value, float):
        return float(f"{value:.15g}")
    if isinstance(value, dict):
        return {key: compact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [compact(item) for item in value]
    return value


def main():
    rng = random.Random(SEED)
    cases = [random_case(rng, number) for number in range(CASES)]
    lines = [json.dumps(case, separators=(",", ":")) for case in compact(cases)]
    sys.stdout.write('{"made_by":"tests/golden/credit_rules.py","cases":[\n')
    sys.stdout.write(",\n".join(lines) + "\n]}\n")


if __name__ == "__main__":
    main()
