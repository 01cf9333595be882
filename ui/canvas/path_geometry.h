// What a painter that knows triangles alone has to work out by itself: cubics as lines, dashes,
// triangles of a polygon. Plain C++.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "canvas/drawing.h"

namespace treegrpo {

// Points along a cubic with both ends, close enough for lines of some pixels.
std::vector<Point> flattened(const CubicItem& cubic);

// The strokes that a dash pattern leaves of an open line; with a solid one, the line itself.
std::vector<std::vector<Point>> dashed(std::span<const Point> line, const Dash& dash);

// Parts an open line where it turns by more than 90°, so that a joint needs no long mitre.
std::vector<std::vector<Point>> partedAtSharpCorners(std::span<const Point> line);

// Twice the area; positive if the points go round clockwise on the screen.
float doubledArea(std::span<const Point> polygon);

bool isConvex(std::span<const Point> polygon);

// Indices of three corners each that fill a clockwise polygon which does not cross itself.
std::vector<std::array<std::uint32_t, 3>> triangles(std::span<const Point> polygon);

}  // namespace treegrpo
