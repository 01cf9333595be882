#include "canvas/lod.h"

namespace treegrpo {

Lod lodOf(float side) {
  if (side < 3) return Lod::strip;
  if (side < 10) return Lod::dot;
  if (side < 28) return Lod::tile;
  if (side < 96) return Lod::picture;
  return side < 256 ? Lod::labelled : Lod::full;
}

LodState followed(LodState state, float zoom) {
  if (state.zoom <= 0) return {zoom};
  if (zoom > state.zoom * 1.1f) return {zoom / 1.1f};
  if (zoom < state.zoom * .9f) return {zoom / .9f};
  return state;
}

LodState richest(float zoom) { return {zoom / .9f}; }

}  // namespace treegrpo
