#include "canvas/lanes_drawing.h"

#include <algorithm>

#include "canvas/run_look.h"

namespace treegrpo {
namespace {

constexpr float letter_width = 26, right_margin = 12, gap = 2;
constexpr float sde_width = 3, ode_width = 1;

class LanesPainter {
 public:
  LanesPainter(const CompareLanes& lanes, float width, const Theme& theme)
      : lanes_(lanes), theme_(theme) {
    for (const TreeSchedule& schedule : lanes.schedules)
      columns_ = std::max(columns_, schedule.steps.size());
    if (columns_ > 0)
      column_ = std::max(1.f, (width - letter_width - right_margin) / static_cast<float>(columns_));
    drawing_.extent = {0, 0, width,
                       compare_lane_height * static_cast<float>(lanes.schedules.size())};
  }

  Drawing draw() {
    for (const int step : lanes_.different) addDifference(step);
    for (std::size_t lane = 0; lane < lanes_.schedules.size(); ++lane) addLane(lane);
    return std::move(drawing_);
  }

 private:
  float leftOf(std::size_t step) const { return letter_width + column_ * static_cast<float>(step); }

  // A lane of another colour behind steps that differ, so that it is not told by colour alone.
  void addDifference(int step) {
    const Box column{leftOf(static_cast<std::size_t>(step)), 0, column_, drawing_.extent.height};
    drawing_.items.emplace_back(BoxItem{column, theme_.control, {theme_.border, 1, {}}, 2});
    drawing_.hits.push_back({column, HitKind::step, step});
  }

  void addLane(std::size_t lane) {
    const float y = compare_lane_height * (static_cast<float>(lane) + .5f);
    drawing_.items.emplace_back(TextItem{{0, y},
                                         lanes_.letters[lane],
                                         runColor(theme_, lane),
                                         TextRole::caption_medium,
                                         TextAlign::left,
                                         false,
                                         no_color});
    const std::vector<StepPlan>& steps = lanes_.schedules[lane].steps;
    for (std::size_t step = 0; step < steps.size(); ++step) addStep(steps[step], step, y);
  }

  // Solid and thick: SDE, its branch factor above it; dashed: ODE. Noise that is not trained is
  // thin.
  void addStep(const StepPlan& step, std::size_t at, float y) {
    const Point from{leftOf(at) + gap, y}, to{leftOf(at) + column_ - gap, y};
    const bool noisy = step.noise_level > 0;
    const Pen pen = noisy ? Pen{theme_.text, step.train ? sde_width : sde_width / 2, {}}
                          : Pen{theme_.text2, ode_width, {{3, 2}}};
    drawing_.items.emplace_back(LineItem{from, to, pen});
    if (step.branch > 1 && column_ >= 14)
      drawing_.items.emplace_back(TextItem{{(from.x + to.x) / 2, y},
                                           std::to_string(step.branch),
                                           theme_.text,
                                           TextRole::caption,
                                           TextAlign::centre,
                                           false,
                                           theme_.panel});
  }

  const CompareLanes& lanes_;
  const Theme& theme_;
  std::size_t columns_ = 0;
  float column_ = 1;
  Drawing drawing_;
};

}  // namespace

Drawing lanesDrawing(const CompareLanes& lanes, float width, const Theme& theme) {
  return LanesPainter(lanes, width, theme).draw();
}

}  // namespace treegrpo
