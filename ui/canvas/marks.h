// The small marks of a tree as shapes: signs, the star, badges with an icon, and colours made
// fainter. Made of lines and polygons, since both painters know those.
#pragma once

#include "canvas/drawing.h"

namespace treegrpo {

// The same colour with its alpha times `share`.
Color faded(Color color, float share);

// A sign mark: ▲ above 0, ▼ below, of a half-width, as a shape and not a letter.
PolygonItem signMark(Point middle, float half_width, bool positive, Color fill, Pen outline = {});

// The star of the best leaf.
PolygonItem star(Point middle, float radius, Color fill, Color outline);

// ▸, half_width from its middle to its tip.
PolygonItem expanderMark(Point middle, float half_width, Color fill);

enum class Icon : std::uint8_t { scissors, bookmark, diamond };

// An icon of 16 px around a point.
void addIcon(Drawing& drawing, Icon icon, Point middle, Color color);

// The icon on a square of 20 px.
void addBadge(Drawing& drawing, Icon icon, Point middle, Color color, Color ground);

// The four corners of a box without its picture, by two lines of 12 px each; shorter in small
// boxes.
void addCornerMarks(Drawing& drawing, const Box& box, Color color);

// A box grown by `by` on every side.
Box grown(const Box& box, float by);

bool overlap(const Box& a, const Box& b);

}  // namespace treegrpo
