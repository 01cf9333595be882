// The four shapes as signed distances, shared by the renderer and the detector. Units are pixels; y
// runs downwards; a shape's origin is its centroid.
#pragma once

#include "scene/scene.h"

namespace treegrpo {

// Distance of (dx, dy), relative to the centre, from the outline; negative inside.
float signed_distance(Shape shape, float radius, float dx, float dy);

// How much of the pixel whose centre is at (dx, dy) is covered, in [0, 1]: half a pixel of
// anti-aliasing on either side of the outline.
float coverage(Shape shape, float radius, float dx, float dy);

// Area of a shape of radius 1.
float unit_area(Shape shape);

// How far a shape of radius 1 reaches from its centre.
struct Extent {
  float side;
  float up;
  float down;
  float around;  // radius of the circle about the centre that holds it
};
Extent unit_extent(Shape shape);

}  // namespace treegrpo
