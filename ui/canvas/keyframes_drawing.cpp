#include "canvas/keyframes_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"
#include "canvas/plot_frame.h"

namespace treegrpo {
namespace {

constexpr float margin = 12, label_height = 18, mark_half = 6;

int endOf(const KeyframesPlot& plot) {
  int end = std::max(plot.live_iteration, plot.shown_iteration) + 1;
  for (const KeyframeLane& lane : plot.lanes) end = std::max(end, lane.end);
  return std::max(2, end);
}

struct Axis {
  float left, width;
  int end;

  Axis(const KeyframesPlot& plot, float room)
      : left(margin), width(std::max(1.f, room - 2 * margin)), end(endOf(plot)) {}
  float xOf(double iteration) const {
    return left + width * static_cast<float>(iteration / (end - 1));
  }
};

class KeyframesPainter {
 public:
  KeyframesPainter(const KeyframesPlot& plot, float width, float height, const Theme& theme)
      : plot_(plot),
        axis_(plot, width),
        top_(label_height),
        bottom_(height - label_height),
        theme_(theme) {
    drawing_.extent = {0, 0, width, height};
  }

  Drawing draw() {
    for (std::size_t at = 0; at < plot_.lanes.size(); ++at) addLane(at);
    addLine(plot_.live_iteration, {theme_.live, 1.25f, {{2, 2}}});
    for (std::size_t at = 1; at < plot_.lanes.size(); ++at) addMark(at);
    addShown();
    for (const KeyframeLane& lane : plot_.lanes) addWords(lane);
    return drawing_;
  }

 private:
  bool isShown(const KeyframeLane& lane) const {
    return lane.first <= plot_.shown_iteration &&
           (plot_.shown_iteration < lane.end || &lane == &plot_.lanes.back());
  }

  float middle() const { return (top_ + bottom_) / 2; }

  void addLane(std::size_t at) {
    const KeyframeLane& lane = plot_.lanes[at];
    const float from = axis_.xOf(lane.first);
    const float to = axis_.xOf(std::min(lane.end, axis_.end - 1));
    const Box box{from, top_, std::max(1.f, to - from), bottom_ - top_};
    const bool shown = isShown(lane);
    drawing_.items.emplace_back(BoxItem{box,
                                        at % 2 == 0 ? theme_.panel_alt : theme_.band,
                                        {lane.staged ? theme_.warning
                                         : shown     ? theme_.text2
                                                     : theme_.border,
                                         1,
                                         {}},
                                        0});
    drawing_.hits.push_back({box, HitKind::step, static_cast<std::int32_t>(at)});
  }

  // Over the lines that cross it.
  void addWords(const KeyframeLane& lane) {
    const float from = axis_.xOf(lane.first);
    const float width = axis_.xOf(std::min(lane.end, axis_.end - 1)) - from;
    if (width < 40) return;
    const bool shown = isShown(lane);
    drawing_.items.emplace_back(
        TextItem{{from + mark_half + 6, middle()},
                 fitted((lane.staged ? "□ " : "") + lane.words, width - 2 * mark_half - 8),
                 shown ? theme_.text : theme_.text2,
                 shown ? TextRole::caption_medium : TextRole::caption,
                 TextAlign::left,
                 false,
                 theme_.canvas});
  }

  void addLine(int iteration, const Pen& pen) {
    if (iteration < 0) return;
    const float x = axis_.xOf(iteration);
    drawing_.items.emplace_back(LineItem{{x, top_ - 4}, {x, bottom_ + 4}, pen});
  }

  // A diamond on the beginning of its lane, filled where it is the one that is shown.
  void addMark(std::size_t at) {
    const KeyframeLane& lane = plot_.lanes[at];
    const Point centre{axis_.xOf(lane.first), middle()};
    const Color color = lane.staged ? theme_.warning : theme_.text;
    drawing_.items.emplace_back(PolygonItem{{{centre.x - mark_half, centre.y},
                                             {centre.x, centre.y - mark_half},
                                             {centre.x + mark_half, centre.y},
                                             {centre.x, centre.y + mark_half}},
                                            isShown(lane) ? color : theme_.canvas,
                                            {color, 1.5f, {}}});
    drawing_.items.emplace_back(TextItem{{centre.x, bottom_ + label_height / 2},
                                         countText(lane.first),
                                         theme_.text2,
                                         TextRole::caption,
                                         TextAlign::centre,
                                         false,
                                         theme_.canvas});
    drawing_.hits.push_back(
        {{centre.x - mark_half - 2, top_, 2 * mark_half + 4, bottom_ - top_ + label_height},
         HitKind::badge,
         static_cast<std::int32_t>(at) - 1});
  }

  // A small triangle above, with its iteration.
  void addShown() {
    const float x = axis_.xOf(plot_.shown_iteration);
    addLine(plot_.shown_iteration, {theme_.ring, 1.5f, {}});
    drawing_.items.emplace_back(
        PolygonItem{{{x - 4, top_ - 8}, {x + 4, top_ - 8}, {x, top_ - 1}}, theme_.ring, {}});
    const bool at_right = x > axis_.left + axis_.width - 60;
    drawing_.items.emplace_back(TextItem{{x + (at_right ? -8.f : 8.f), top_ - 9},
                                         "iteration " + countText(plot_.shown_iteration),
                                         theme_.text2,
                                         TextRole::caption,
                                         at_right ? TextAlign::right : TextAlign::left,
                                         false,
                                         theme_.canvas});
  }

  const KeyframesPlot& plot_;
  Axis axis_;
  float top_, bottom_;
  const Theme& theme_;
  Drawing drawing_;
};

}  // namespace

Drawing keyframesDrawing(const KeyframesPlot& plot, float width, float height, const Theme& theme) {
  return KeyframesPainter(plot, width, height, theme).draw();
}

int keyframeIterationAt(const KeyframesPlot& plot, float width, float x) {
  const Axis axis(plot, width);
  const double share = std::clamp((x - axis.left) / axis.width, 0.f, 1.f);
  return static_cast<int>(std::lround(share * (axis.end - 1)));
}

}  // namespace treegrpo
