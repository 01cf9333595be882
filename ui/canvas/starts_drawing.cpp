#include "canvas/starts_drawing.h"

#include <algorithm>

#include "canvas/number_text.h"
#include "canvas/plot_frame.h"

namespace treegrpo {
namespace {

class StartsPainter {
 public:
  StartsPainter(const StartsPlot& plot, float width, float height, const Theme& theme)
      : plot_(plot), width_(width), height_(height), theme_(theme) {
    drawing_.extent = {0, 0, width, height};
  }

  Drawing draw() {
    if (plot_.drawn.empty()) {
      drawing_.items.emplace_back(TextItem{{width_ / 2, height_ / 2},
                                           "The schedule of this iteration has no moving window.",
                                           theme_.text2,
                                           TextRole::table,
                                           TextAlign::centre,
                                           false,
                                           no_color});
      return drawing_;
    }
    const float share = width_ * .42f;
    addChances({44, title_height, share - 56, height_ - title_height - ticks_height});
    addIterations(
        {share + 34, title_height, width_ - share - 48, height_ - title_height - ticks_height});
    return drawing_;
  }

 private:
  // Whole steps between ticks of starts, so that there are about that many.
  double tickStep(int ticks) const {
    return std::max(1., niceScale(0, std::max(1., lastStart()), ticks).step);
  }

  // Other keyframes may have later starts.
  double lastStart() const {
    const int latest =
        plot_.starts.empty() ? 0 : *std::max_element(plot_.starts.begin(), plot_.starts.end());
    return std::max<double>(static_cast<double>(plot_.drawn.size()) - 1, latest);
  }

  void addChances(const Box& area) {
    double most = .01;
    for (const WindowStart& at : plot_.drawn) most = std::max(most, at.probability);
    for (const WindowStart& at : plot_.run) most = std::max(most, at.probability);
    const PlotFrame frame{
        area, {-.6, lastStart() + .6, tickStep(8)}, niceScale(0, std::min(1., most * 1.12), 3)};
    addAxes(frame, "", theme_, drawing_);
    const bool staged = differs();
    addTitle(frame, "Window start", staged ? "dashed: as the run has it; above: NFE" : "above: NFE",
             theme_, drawing_);
    for (const WindowStart& at : plot_.drawn) addBar(frame, at);
    if (!staged) return;
    for (const WindowStart& at : plot_.run) addStep(frame, at);
  }

  bool differs() const {
    return !std::equal(
        plot_.run.begin(), plot_.run.end(), plot_.drawn.begin(), plot_.drawn.end(),
        [](const WindowStart& a, const WindowStart& b) { return a.probability == b.probability; });
  }

  void addBar(const PlotFrame& frame, const WindowStart& at) {
    const float from = frame.xOf(at.start - .38), to = frame.xOf(at.start + .38);
    const float top = frame.yOf(at.probability);
    const bool shown = at.start == plot_.shown_start;
    drawing_.items.emplace_back(BoxItem{{from, top, to - from, frame.area.bottom() - top},
                                        shown ? theme_.text : theme_.text2,
                                        {},
                                        0});
    if (to - from < 16) return;
    const auto place = static_cast<std::size_t>(at.start);
    const bool under = place < plot_.run.size() && plot_.run[place].probability > at.probability;
    const float clear = under ? frame.yOf(plot_.run[place].probability) : top;
    drawing_.items.emplace_back(TextItem{{(from + to) / 2, clear - 10},
                                         countText(at.nfe),
                                         theme_.text,
                                         shown ? TextRole::caption_medium : TextRole::caption,
                                         TextAlign::centre,
                                         false,
                                         theme_.canvas});
  }

  void addStep(const PlotFrame& frame, const WindowStart& at) {
    if (at.start > lastStart()) return;
    const float y = frame.yOf(at.probability);
    drawing_.items.emplace_back(LineItem{{frame.xOf(at.start - .42), y},
                                         {frame.xOf(at.start + .42), y},
                                         {theme_.warning, 2, {{3, 2}}}});
  }

  void addIterations(const Box& area) {
    const double first = plot_.first_iteration;
    const double last = first + std::max<double>(1, static_cast<double>(plot_.starts.size()) - 1);
    const AxisScale y{-.6, std::max(1., lastStart()) + .6, tickStep(4)};
    const PlotFrame frame{area, tightScale(first - 1, last + 1, 6), y};
    addAxes(frame, "", theme_, drawing_);
    addTitle(frame, "Drawn so far, and next", "start by iteration; hollow: to come, by the seed",
             theme_, drawing_);
    const float now = frame.xOf(plot_.live_iteration + .5);
    if (plot_.live_iteration >= 0)
      drawing_.items.emplace_back(
          LineItem{{now, area.top}, {now, area.bottom()}, {theme_.live, 1.25f, {{2, 2}}}});
    for (std::size_t at = 0; at < plot_.starts.size(); ++at)
      if (plot_.starts[at] >= 0)
        addStart(frame, plot_.first_iteration + static_cast<int>(at), plot_.starts[at]);
  }

  void addStart(const PlotFrame& frame, int iteration, int start) {
    const Point middle{frame.xOf(iteration), frame.yOf(start)};
    const bool past = iteration <= plot_.live_iteration;
    const bool live = iteration == plot_.live_iteration;
    const Color color = live ? theme_.live : past ? theme_.text2 : theme_.text;
    drawing_.items.emplace_back(
        CircleItem{middle, live ? 4.2f : 2.8f, past ? color : theme_.canvas, {color, 1.3f, {}}});
    if (iteration == plot_.shown_iteration)
      drawing_.items.emplace_back(CircleItem{middle, 6.5f, no_color, {theme_.ring, 1.5f, {}}});
    const float half = std::max(2.f, (frame.xOf(1) - frame.xOf(0)) / 2);
    drawing_.hits.push_back(
        {{middle.x - half, frame.area.top, 2 * half, frame.area.height}, HitKind::step, iteration});
  }

  const StartsPlot& plot_;
  float width_, height_;
  const Theme& theme_;
  Drawing drawing_;
};

}  // namespace

Drawing startsDrawing(const StartsPlot& plot, float width, float height, const Theme& theme) {
  return StartsPainter(plot, width, height, theme).draw();
}

}  // namespace treegrpo
