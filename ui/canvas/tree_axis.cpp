// The step axis at the top of the viewport: t, sigma, the lane of SDE and ODE steps, and the band
// of noisy steps behind the tree.
#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"
#include "canvas/text_width.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

constexpr float lane_y = 38, step_y = 14, sigma_y = 26, lane_name_y = 28;
constexpr float label_room = 22;   // from one step's label to the next
constexpr float name_room = 44;    // of "SDE" over a step
constexpr float letter_width = 6;  // about, of a caption
constexpr float names_width = 18;  // of "t" and "σ" at the left

bool isNoisy(const TreeFrame& frame, int step) {
  return frame.record->schedule.steps[static_cast<std::size_t>(step)].noise_level > 0;
}

// A step's place on the axis; that of the images is between their two columns.
float axisX(const TreeFrame& frame, int step) {
  const float x = screenX(frame, step);
  if (step < frame.record->steps()) return x;
  return x + (frame.layout.leaf_side / 2 + 2) * frame.view.zoom;
}

void addText(Drawing& drawing, Point at, std::string text, Color color,
             TextAlign align = TextAlign::centre, bool italic = false) {
  drawing.items.emplace_back(
      TextItem{at, std::move(text), color, TextRole::caption, align, italic, no_color});
}

// One decimal where that says all of them.
int sigmaDecimals(const std::vector<double>& sigmas) {
  const bool coarse = std::all_of(sigmas.begin(), sigmas.end(), [](double sigma) {
    return std::abs(sigma * 10 - std::round(sigma * 10)) < 1e-6;
  });
  return coarse ? 1 : 2;
}

// Which steps have room for a label of their own; the first and the last always have.
std::vector<int> labelledSteps(const TreeFrame& frame) {
  const int first = frame.layout.first_step, last = frame.record->steps();
  std::vector<int> labelled{first};
  const float end = axisX(frame, last);
  for (int step = first + 1; step < last; ++step)
    if (axisX(frame, step) - axisX(frame, step - 1) >= label_room &&
        axisX(frame, step) - axisX(frame, labelled.back()) >= label_room &&
        end - axisX(frame, step) >= label_room)
      labelled.push_back(step);
  if (last > first) labelled.push_back(last);
  return labelled;
}

// Not where the names of the rows stand.
void addNumber(Drawing& drawing, Point at, std::string text, Color color) {
  if (at.x - textWidth(text, TextRole::caption) / 2 >= names_width)
    addText(drawing, at, std::move(text), color);
}

void addStepLabel(const TreeFrame& frame, int step, int decimals, Drawing& drawing) {
  const float x = axisX(frame, step);
  addNumber(drawing, {x, step_y}, std::to_string(step), frame.theme.text);
  if (static_cast<std::size_t>(step) < frame.record->sigmas.size())
    addNumber(drawing, {x, sigma_y},
              fixedText(frame.record->sigmas[static_cast<std::size_t>(step)], decimals),
              frame.theme.text2);
}

// "7 8 9" over steps that stand too close for labels, or "7…9"; and "ODE" if that is what they are.
void addCrowdedLabel(const TreeFrame& frame, int first, int last, Drawing& drawing) {
  const float x = (axisX(frame, first) + axisX(frame, last)) / 2;
  const float room = std::min(x - axisX(frame, first - 1), axisX(frame, last + 1) - x) - 12;
  const auto fits = [&](std::size_t letters) {
    return letter_width / 2 * static_cast<float>(letters) <= room;
  };
  std::string text;
  for (int step = first; step <= last; ++step)
    text += (step > first ? " " : "") + std::to_string(step);
  const std::string ends = std::to_string(first) + "…" + std::to_string(last);
  if (fits(text.size()))
    addText(drawing, {x, step_y}, text, frame.theme.text2);
  else if (fits(ends.size() - 2))  // "…" is three bytes
    addText(drawing, {x, step_y}, ends, frame.theme.text2);
  bool ode = true;
  for (int step = first; step <= last; ++step) ode = ode && !isNoisy(frame, step);
  if (ode && fits(5)) addText(drawing, {x, lane_name_y}, "ODE", frame.theme.text2);
}

void addLane(const TreeFrame& frame, Drawing& drawing) {
  const Theme& theme = frame.theme;
  for (int step = frame.layout.first_step; step <= frame.record->steps(); ++step) {
    const float x = axisX(frame, step);
    if (step < frame.record->steps()) {
      const Pen pen = isNoisy(frame, step) ? Pen{theme.text, 2.5f, {}}
                                           : Pen{theme.text2, 1.25f, {{3, 2.5f, 0, 0}}};
      drawing.items.emplace_back(LineItem{{x, lane_y}, {axisX(frame, step + 1), lane_y}, pen});
    }
    drawing.items.emplace_back(LineItem{{x, lane_y - 3}, {x, lane_y + 3}, {theme.text2, 1, {}}});
  }
}

// "SDE" over the first step of each run of noisy steps.
void addLaneNames(const TreeFrame& frame, Drawing& drawing) {
  for (int step = frame.layout.first_step; step < frame.record->steps(); ++step) {
    const bool begins = step == frame.layout.first_step || !isNoisy(frame, step - 1);
    const float from = axisX(frame, step), to = axisX(frame, step + 1);
    if (isNoisy(frame, step) && begins && to - from >= name_room + label_room)
      addText(drawing, {(from + to) / 2, lane_name_y}, "SDE", frame.theme.text2);
  }
}

void addLabels(const TreeFrame& frame, Drawing& drawing) {
  const int decimals = sigmaDecimals(frame.record->sigmas);
  const std::vector<int> labelled = labelledSteps(frame);
  for (std::size_t at = 0; at < labelled.size(); ++at) {
    addStepLabel(frame, labelled[at], decimals, drawing);
    if (at > 0 && labelled[at] - labelled[at - 1] > 1)
      addCrowdedLabel(frame, labelled[at - 1] + 1, labelled[at] - 1, drawing);
  }
  drawing.items.emplace_back(BoxItem{{0, 0, names_width, lane_y - 4}, frame.theme.canvas, {}});
  addText(drawing, {6, step_y}, "t", frame.theme.text2, TextAlign::left, true);
  addText(drawing, {6, sigma_y}, "σ", frame.theme.text2, TextAlign::left, true);
}

// From halfway to the step before to halfway to the next.
void addStepHits(const TreeFrame& frame, Drawing& drawing) {
  const int first = frame.layout.first_step, last = frame.record->steps();
  for (int step = first; step <= last; ++step) {
    const float x = axisX(frame, step);
    const float before = step > first ? axisX(frame, step - 1) : x - 2 * label_room;
    const float after = step < last ? axisX(frame, step + 1) : x + 2 * label_room;
    drawing.hits.push_back(
        {{(before + x) / 2, 0, (after - before) / 2, axis_height}, HitKind::step, step});
  }
}

Box bandBox(const TreeFrame& frame, float top, float bottom) {
  const int from = std::max(frame.layout.noisy.first, frame.layout.first_step);
  const float left = screenX(frame, from), right = screenX(frame, frame.layout.noisy.last + 1);
  return {left, top, right - left, bottom - top};
}

bool hasBand(const TreeFrame& frame) {
  return !frame.layout.noisy.none() && frame.layout.noisy.last >= frame.layout.first_step;
}

}  // namespace

void addWindowBand(const TreeFrame& frame, Drawing& drawing) {
  if (hasBand(frame))
    drawing.items.emplace_back(
        BoxItem{bandBox(frame, 0, contentBottom(frame)), frame.theme.band, {}});
}

void addAxis(const TreeFrame& frame, Drawing& drawing) {
  const float width =
      frame.view.width > 0 ? frame.view.width : columnsLeft(frame) + columnsWidth(frame);
  drawing.items.emplace_back(BoxItem{{0, 0, width, axis_height}, frame.theme.canvas, {}});
  if (hasBand(frame))
    drawing.items.emplace_back(BoxItem{bandBox(frame, 0, axis_height), frame.theme.band, {}});
  addLane(frame, drawing);
  addLaneNames(frame, drawing);
  addLabels(frame, drawing);
  addStepHits(frame, drawing);
}

}  // namespace treegrpo
