#!/usr/bin/env bash
# Builds treegrpo-selfcheck on this machine and runs it: on a GPU machine with LibTorch, a CUDA
# toolkit, cmake and ninja, without Qt, SQLite or OpenCV, and without a network. On a machine without
# a GPU the CPU half runs.
# Usage: app/selfcheck/run_gpu.sh [options of treegrpo-selfcheck]
#   TORCH_WHEEL_DIR=DIR        DIR holds torch/; otherwise the torch that python3 would import
#   CUDACXX=FILE               the CUDA compiler; otherwise nvcc of PATH or /usr/local/cuda
#   NLOHMANN_JSON_INCLUDE=DIR  DIR holds nlohmann/json.hpp; otherwise where the compiler looks
#   OUT=DIR                    where selfcheck.json goes; otherwise build/selfcheck
#   JOBS=N                     compilers at a time; otherwise one a core, 2 GiB of memory each
set -euo pipefail

readonly source_dir="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly build="$source_dir/build/selfcheck"
fail() { printf '%s\n' "run_gpu.sh: $*" >&2; exit 1; }
say() { printf '%s\n' "==> $*" >&2; }

python_torch() {
  python3 - 2>/dev/null <<'PYTHON' || true
import importlib.util, os
torch = importlib.util.find_spec("torch")
if torch and torch.origin:
    print(os.path.dirname(os.path.dirname(torch.origin)))
PYTHON
}

find_torch() {
  TORCH_WHEEL_DIR="${TORCH_WHEEL_DIR:-$(python_torch)}"
  [ -n "$TORCH_WHEEL_DIR" ] ||
    fail "there is no LibTorch: set TORCH_WHEEL_DIR to the folder that holds torch/, or make python3 able to import torch."
  local header="$TORCH_WHEEL_DIR/torch/include/torch/headeronly/version.h"
  [ -f "$header" ] || fail "'$TORCH_WHEEL_DIR' holds no LibTorch of version 2.11 or newer: $header is missing."
  local minor; minor="$(sed -n 's/#define TORCH_VERSION_MINOR \([0-9]*\).*/\1/p' "$header")"
  say "LibTorch 2.$minor in $TORCH_WHEEL_DIR"
  [ "$minor" -ge 11 ] && [ "$minor" -le 15 ] ||
    say "only 2.11 to 2.15 are supported; trying all the same"
}

find_cuda_compiler() {
  if [ -z "${CUDACXX:-}" ]; then
    CUDACXX="$(command -v nvcc || true)"
    [ -n "$CUDACXX" ] || CUDACXX="$(ls -d /usr/local/cuda/bin/nvcc /usr/local/cuda-*/bin/nvcc 2>/dev/null | head -n 1 || true)"
  fi
  if [ -n "$CUDACXX" ]; then
    export CUDACXX
    say "CUDA compiler $CUDACXX"
  else
    unset CUDACXX
    say "no CUDA compiler: without kernels of our own, whose checks are skipped"
  fi
}

# A torch source needs 1.4 GB to compile.
build_jobs() {
  local cores memory
  cores="$(nproc)"
  memory="$(awk '/MemAvailable/ { print int($2 / 2097152) }' /proc/meminfo)"
  [ "$memory" -ge 1 ] || memory=1
  [ "$memory" -lt "$cores" ] && echo "$memory" || echo "$cores"
}

configure_and_build() {
  local tool
  for tool in cmake ninja; do command -v "$tool" >/dev/null || fail "$tool is missing; install it."; done
  local options=(-DTORCH_WHEEL_DIR="$TORCH_WHEEL_DIR" -DNLOHMANN_JSON_INCLUDE="${NLOHMANN_JSON_INCLUDE:-}")
  [ -z "${CUDACXX:-}" ] && options+=(-DTREEGRPO_CUDA=OFF) || options+=(-DTREEGRPO_CUDA=ON)
  say "configuring and building into $build"
  (cd "$source_dir" && cmake --preset selfcheck "${options[@]}" >&2) || fail "configuring failed; its messages are above."
  cmake --build "$build" --target treegrpo-selfcheck --parallel "${JOBS:-$(build_jobs)}" >&2 ||
    fail "the build failed; its messages are above."
}

find_torch
find_cuda_compiler
configure_and_build

# As the engine's loader sets them, before LibTorch is in the process.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}" GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-0}"
report="${OUT:-$build}/selfcheck.json"
mkdir -p "$(dirname "$report")"
say "running"
status=0
"$build/bin/treegrpo-selfcheck" "$@" >"$report" || status=$?
cat "$report"
say "report: $report"
exit "$status"
