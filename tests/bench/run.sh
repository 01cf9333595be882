#!/usr/bin/env bash
# Measures everything that experiments/README.md says of speed, and writes it there.
#
#   tests/bench/run.sh [--curves] [--only-report]
#
# --curves trains every method for five minutes' worth of iterations with three seeds first, two runs
# of one thread at a time (some 45 minutes). Leave the machine alone while the rest runs. Results: experiments/results/*.json and
# the figures beside them; what lies between "benchmark" marks in experiments/README.md is replaced.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../installer/setup.sh"
cd "$source_dir"

curves=no measure=yes
for argument; do
  case "$argument" in
    --curves) curves=yes ;;
    --only-report) measure=no ;;
    *) sed -n 2,9p "$0"; exit 2 ;;
  esac
done
results=experiments/results
bin=build/release/bin
python="$cache_dir/eager-python/venv/bin/python"
export OMP_WAIT_POLICY=PASSIVE TREEGRPO_RESOURCES="$source_dir/resources"

bring_packages() {
  dpkg-query -W libbenchmark-dev python3-venv >/dev/null 2>&1 && return
  as_root apt-get install -y -qq --no-install-recommends libbenchmark-dev python3-venv >/dev/null ||
    fail "libbenchmark-dev and python3-venv are missing and could not be installed"
}

# PyTorch of LibTorch's version, and matplotlib, in a virtual environment of their own.
bring_python() {
  "$python" -c "import torch, matplotlib; assert torch.__version__.startswith('$torch_version')" 2>/dev/null && return
  say "a virtual environment with PyTorch $torch_version and matplotlib"
  python3 -m venv "$cache_dir/eager-python/venv"
  "$python" -m pip install --quiet "torch==$torch_version" matplotlib
}

# The program and eager Python take turns, three times each.
measure_eager() {
  local reference=build/bench/reference.json turn
  "$bin/bench_iteration" --part reference >"$reference"
  for turn in 1 2 3; do
    "$bin/bench_iteration" --part methods --method treegrpo --reward colorfulness --rounds 3 >"build/bench/ours-$turn.json"
    "$python" tests/bench/eager_python.py resources/models/tiny.safetensors "$reference" --threads "$(nproc)" --rounds 3 >"build/bench/eager-$turn.json"
  done
}

# Two methods at a time, a thread each.
measure_curves() {
  local method
  printf '%s\n' dancegrpo flowgrpo mixgrpo treegrpo branchgrpo |
    xargs -P 2 -I{} experiments/sweep.py @experiments/tiny/curves/{}.args --out "build/bench/curve-{}.json"
}

bring_packages
bring_torch
bring_python
mkdir -p build/bench "$results"
if [ "$curves" = yes ]; then
  configure_and_build release programs
  measure_curves
fi
if [ "$measure" = yes ]; then
  configure_and_build release benchmarks
  "$bin/bench_iteration" --rounds 5 >build/bench/iteration.json
  "$bin/bench_iteration" --rounds 5 --threads 1 --part methods >build/bench/iteration-1.json
  "$bin/bench_parts" --benchmark_format=json >build/bench/parts.json
  for threads in 1 2; do "$bin/bench_precision" --threads "$threads"; done >build/bench/precision.jsonl
  measure_eager
fi
"$python" tests/bench/report.py build/bench "$results" experiments/README.md
