# Sourced by start and test: finds or brings everything the build needs, then configures and builds.
# Each step says what it does; a step whose result is already there costs nothing.

readonly source_dir="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly cache_dir="${TREEGRPO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/treegrpo}"
readonly torch_version=2.15.0
wants_cuda=auto
mkdir -p "$cache_dir"

say() { printf '%s\n' "==> $*"; }
fail() { printf '%s\n' "treegrpo set-up: $*" >&2; exit 1; }

package_names() { grep -v '^#' "$source_dir/installer/packages.txt"; }

missing_packages() {
  local name
  for name in $(package_names); do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || echo "$name"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else return 126; fi
}

install_packages() {
  command -v dpkg-query >/dev/null ||
    fail "this is no Debian or Ubuntu; install by hand what installer/packages.txt lists, then build with the release preset (CONTRIBUTING.md)."
  local missing; missing="$(missing_packages | tr '\n' ' ')"
  [ -n "$missing" ] || { say "[1/4] packages: all present"; return; }
  say "[1/4] packages: installing $missing"
  local log="$cache_dir/apt.log"
  if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
         as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
       } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    fail "these packages are missing and could not be installed (root rights and a package mirror are needed): $missing"
  fi
}

has_nvidia_driver() { [ -e /proc/driver/nvidia/version ] || command -v nvidia-smi >/dev/null; }

cuda_wanted() { [ "$wants_cuda" = yes ] || { [ "$wants_cuda" = auto ] && has_nvidia_driver; }; }

# Fetches the wheels of list $1 and unpacks their libraries and headers into $2.
fetch_wheels() {
  local list="$1" target="$2" wheels; wheels="$(mktemp -d "$cache_dir/wheels.XXXXXX")"
  local tags=(--implementation cp --abi cp311 --abi none --python-version 3.11)
  local platform
  for platform in manylinux_2_28_x86_64 manylinux_2_27_x86_64 manylinux_2_25_x86_64 manylinux_2_18_x86_64 manylinux_2_17_x86_64 manylinux2014_x86_64 manylinux_2_12_x86_64 manylinux2010_x86_64; do
    tags+=(--platform "$platform")
  done
  python3 -m pip download --quiet --no-deps --only-binary=:all: "${tags[@]}" --require-hashes \
      -d "$wheels" -r "$list" || { rm -rf "$wheels"; return 1; }
  local wheel
  for wheel in "$wheels"/*.whl; do
    unzip -q -o "$wheel" 'torch/lib/*' 'torch/include/*' 'torch/version.py' 'nvidia/*' -d "$target" 2>/dev/null ||
      [ $? = 11 ] || { rm -rf "$wheels"; return 1; }
  done
  rm -rf "$wheels"
}

torch_is_whole() {
  [ -f "$1/torch/lib/libtorch_cpu.so" ] && [ -f "$1/torch/lib/libc10.so" ] &&
    [ -f "$1/torch/include/torch/headeronly/version.h" ]
}

bring_torch() {
  if [ -n "${TORCH_WHEEL_DIR:-}" ]; then
    torch_is_whole "$TORCH_WHEEL_DIR" ||
      fail "TORCH_WHEEL_DIR=$TORCH_WHEEL_DIR holds no torch/lib/libtorch_cpu.so with headers; name the folder that contains torch/ (a virtual environment's site-packages)."
    say "[2/4] LibTorch: yours, $TORCH_WHEEL_DIR"
    return
  fi
  TORCH_WHEEL_DIR="$cache_dir/libtorch-$torch_version"
  if [ -f "$TORCH_WHEEL_DIR/complete" ] && torch_is_whole "$TORCH_WHEEL_DIR"; then
    say "[2/4] LibTorch $torch_version: cached in $TORCH_WHEEL_DIR"
  else
    say "[2/4] LibTorch $torch_version: fetching the wheel (554 MB, unpacks to 1.1 GB) into $TORCH_WHEEL_DIR"
    local partial="$TORCH_WHEEL_DIR.partial.$$"
    rm -rf "$partial"
    fetch_wheels "$source_dir/installer/torch-wheels.txt" "$partial" || {
      rm -rf "$partial"
      fail "LibTorch could not be fetched (a Python package index is needed). Or unpack torch $torch_version yourself and set TORCH_WHEEL_DIR to the folder that contains torch/."
    }
    touch "$partial/complete"
    rm -rf "$TORCH_WHEEL_DIR"
    mv "$partial" "$TORCH_WHEEL_DIR"
  fi
  if cuda_wanted && [ ! -f "$TORCH_WHEEL_DIR/complete-cuda" ]; then
    say "      an NVIDIA GPU is wanted: fetching the CUDA libraries (2.2 GB)"
    if fetch_wheels "$source_dir/installer/torch-cuda-wheels.txt" "$TORCH_WHEEL_DIR"; then
      touch "$TORCH_WHEEL_DIR/complete-cuda"
    else
      say "      they could not be fetched; the CPU is used. Run again with --cuda to retry."
    fi
  fi
}

# configure_and_build PRESET [TARGET…]: into build/PRESET.
configure_and_build() {
  local preset="$1" build="$source_dir/build/$1" targets=("${@:2}")
  export CCACHE_BASEDIR="$source_dir" CCACHE_NOHASHDIR=1
  if [ ! -f "$build/build.ninja" ] || ! grep -qsF "TORCH_WHEEL_DIR:PATH=$TORCH_WHEEL_DIR" "$build/CMakeCache.txt"; then
    say "[3/4] configuring $preset"
    (cd "$source_dir" && cmake --preset "$preset" -DTORCH_WHEEL_DIR="$TORCH_WHEEL_DIR" >"$cache_dir/configure-$preset.log" 2>&1) || {
      tail -n 20 "$cache_dir/configure-$preset.log" >&2
      fail "configuring failed; the whole log is $cache_dir/configure-$preset.log"
    }
  else
    say "[3/4] configured: build/$preset"
  fi
  local started=$SECONDS
  say "[4/4] building $preset (the first time takes some minutes)"
  cmake --build "$build" --target "${targets[@]:-all}" --parallel "$(build_jobs)" || fail "the build failed; its messages are above."
  say "      built in $((SECONDS - started)) s: build/$preset/bin"
}

# A torch source needs 1.4 GB to compile: no more jobs than memory allows.
build_jobs() {
  local memory_gib cores
  memory_gib=$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
  cores=$(nproc)
  local jobs=$((memory_gib / 2)); [ "$jobs" -ge 1 ] || jobs=1
  [ "$jobs" -le "$cores" ] && echo "$jobs" || echo "$cores"
}
