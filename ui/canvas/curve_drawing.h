// One plot of a run as a drawing: raw values faint under their smooth line, bands, bars, a dot at
// the last value, ticks where a parameter changed, a crosshair. What it shows is a value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "record/tree_record.h"
#include "style/theme.h"

namespace treegrpo {

// Hue belongs to data that has a sign or a run; the series of one plot differ by grey and dash.
enum class CurveColor : std::uint8_t { strong, second, faint };

enum class CurveShape : std::uint8_t { line, bars };

// Where a band lies around a line, of the line's size; empty: there is none. A place where either
// is not finite has no band.
struct CurveBand {
  std::vector<double> low, high;
};

// As far below each value as above it.
CurveBand bandAround(const std::vector<double>& values, const std::vector<double>& half);

struct CurveSeries {
  std::string name;          // as its end and the crosshair call it
  std::vector<double> x, y;  // of the same size, x rising; a y that is not finite is an error
  CurveBand band = {};
  CurveColor color = CurveColor::strong;
  int run = -1;  // of several that are compared: its colour (theme.runs), over `color`
  Dash dash = {};
  CurveShape shape = CurveShape::line;
  bool smooth = true;  // by the plot's smoothing; few points far apart are shown as they are
  std::string right_label = {};  // beside its last point
  double scale = 1;              // drawn this many times as high; numbers stay as they are
  int decimals = 3;              // of its numbers; -1: two digits of whatever size
  bool may_lack = false;         // NaN says "has none" here and is no error; infinity still is
  bool end_number = true;        // its last value beside its label
  bool background = false;       // faint, without label, dot or reading: one run behind its mean
  bool interpolate = false;      // between its points the crosshair reads a value, marked "~"
  std::string definition = {};   // for the tooltip: what it is, unit, equation
};

// Across the plot with its label, or a short tick on the x axis.
enum class MarkShape : std::uint8_t { line, tick };

// A changed parameter, a checkpoint or another event at an x.
struct CurveMark {
  double x = 0;
  std::string label;
  std::string definition = {};  // for the tooltip, in full; empty: the label
  MarkShape shape = MarkShape::line;
  int run = -1;  // of several that are compared: its colour
};

struct CurvePlot {
  std::string title, caption, x_label;
  std::vector<CurveSeries> series;
  std::vector<CurveMark> marks = {};
  double from_x = no_value, to_x = no_value;  // a part of the x axis; none: all of it
  bool name_x = true;             // write x_label at the axis; the crosshair always does
  double hover_x = no_value;      // where the crosshair stands; none
  double current_x = no_value;    // of what the rest of the window shows; none
  double smoothing = 0;           // weight of what came before, 0 (raw alone) to below 1
  bool from_zero = false;         // the y axis begins at 0
  double reference_y = no_value;  // a dotted line across, such as an expected value
};

// Exponential moving average that steps over what is not finite (and is not finite there).
std::vector<double> smoothed(const std::vector<double>& values, double weight);

// The plot at a size. Hit boxes: legend, target -1 at the title and the series at its end label;
// badge, a mark; step, the area of the data.
Drawing curveDrawing(const CurvePlot& plot, float width, float height, const Theme& theme);

// The x of the point nearest to a place on the drawing; none outside the data's area or without
// points.
double nearestX(const CurvePlot& plot, float width, float height, Point place);

// A value as a series writes it.
std::string valueText(const CurveSeries& series, double value);

}  // namespace treegrpo
