#include "canvas/schedule_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "tree/schedule_draft.h"

namespace treegrpo {
namespace {

constexpr float thinnest = 3;        // the band of one latent
constexpr float handle_height = 40;  // above the band
constexpr float lanes_height = 44;   // below it: lane and sigma axis
constexpr float turn = .42f;         // share of a column in which the band widens

class LanePainter {
 public:
  LanePainter(const ScheduleLanes& lanes, float width, float height, const Theme& theme)
      : lanes_(lanes), width_(width), height_(height), theme_(theme) {
    counts_ = frontiers(lanes.schedule);
    middle_ = handle_height + (height - handle_height - lanes_height) / 2;
    room_ = std::max(20.f, height - handle_height - lanes_height - 14);
    most_ = counts_.empty() ? 1 : *std::max_element(counts_.begin(), counts_.end());
  }

  Drawing draw() {
    drawing_.extent = {0, 0, width_, height_};
    addGrounds();
    if (counts_.empty()) return drawing_;
    addBand();
    for (int step = 0; step < steps(); ++step) addStep(step);
    addAxis();
    addHandle();
    addLabels();
    return drawing_;
  }

 private:
  int steps() const { return static_cast<int>(lanes_.schedule.steps.size()); }
  const StepPlan& plan(int step) const {
    return lanes_.schedule.steps[static_cast<std::size_t>(step)];
  }
  std::int64_t count(int step) const { return counts_[static_cast<std::size_t>(step)]; }
  float left(int step) const {
    return lanes_.label_width + static_cast<float>(step) * lanes_.column_width - lanes_.scrolled;
  }
  float laneY() const { return height_ - 30; }
  // The band's half height by the logarithm of a count, so that each branch factor widens it alike.
  float half(std::int64_t latents) const {
    if (most_ <= 1) return thinnest / 2;
    const double share = std::log(static_cast<double>(latents)) / std::log(double(most_));
    return (thinnest + (room_ - thinnest) * static_cast<float>(share)) / 2;
  }

  void text(Point at, std::string words, Color color, TextAlign align,
            TextRole role = TextRole::caption, bool italic = false) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, italic, no_color});
  }

  void addGrounds() {
    for (int step = 0; step < steps(); ++step) {
      const Box column{left(step), 0, lanes_.column_width, height_};
      if (plan(step).noise_level > 0)
        drawing_.items.emplace_back(BoxItem{column, theme_.band, {}, 0});
      drawing_.hits.push_back({column, HitKind::step, step});
    }
    if (lanes_.first_marked < 0 || steps() == 0) return;
    const float from = left(lanes_.first_marked), to = left(lanes_.last_marked + 1);
    drawing_.items.emplace_back(
        BoxItem{{from, laneY() - 9, to - from, 18}, theme_.selection, {}, 3});
  }

  // Half height at a place of a step: flat, then a smooth turn to the next step's.
  float halfAt(int step, float share) const {
    const float here = half(count(step));
    if (step + 1 == steps() || share < 1 - turn) return here;
    const float next = half(count(step + 1));
    const float part = (share - (1 - turn)) / turn;
    return here + (next - here) * part * part * (3 - 2 * part);
  }

  // Boxes of whole pixels, so that painters need no filled concave shape and leave no seams.
  void addBand() {
    std::vector<Point> upper, lower;
    for (int step = 0; step < steps(); ++step) {
      const int from = static_cast<int>(std::lround(left(step)));
      const int to = static_cast<int>(std::lround(left(step + 1)));
      const bool level = step + 1 == steps() || count(step + 1) == count(step);
      for (int x = from; x < to;) {
        const float share = static_cast<float>(x - from) / static_cast<float>(to - from);
        const int flat =
            level ? to : from + static_cast<int>((1 - turn) * static_cast<float>(to - from));
        const int end = std::max(x + 1, std::min(flat, to));
        const float h = halfAt(step, share);
        const auto left_edge = static_cast<float>(x), right_edge = static_cast<float>(end);
        drawing_.items.emplace_back(
            BoxItem{{left_edge, middle_ - h, right_edge - left_edge, 2 * h}, theme_.grid, {}, 0});
        upper.push_back({left_edge, middle_ - h});
        lower.push_back({left_edge, middle_ + h});
        if (end == to || end - x > 1) {
          upper.push_back({right_edge, middle_ - h});
          lower.push_back({right_edge, middle_ + h});
        }
        x = end;
      }
    }
    drawing_.items.emplace_back(PolylineItem{upper, {theme_.neutral, 1.25f, {}}});
    drawing_.items.emplace_back(PolylineItem{lower, {theme_.neutral, 1.25f, {}}});
  }

  void addStep(int step) {
    const float x = left(step);
    const bool thick = 2 * half(count(step)) > 16;
    text({x + lanes_.column_width * .29f, thick ? middle_ : middle_ - half(count(step)) - 12},
         countText(count(step)), theme_.text, TextAlign::centre,
         thick ? TextRole::body_strong : TextRole::table);
    addFork(step);
    addLane(step);
    const auto& bad = lanes_.bad_steps;
    if (std::find(bad.begin(), bad.end(), step) != bad.end())
      addBadge(drawing_, Icon::diamond, {x + lanes_.column_width / 2, laneY() - 22}, theme_.error,
               theme_.canvas);
  }

  // Where one latent becomes several: as many lines as children, at most five, and the factor.
  void addFork(int step) {
    const int children = plan(step).branch;
    if (children < 2) return;
    const int lines = std::min(children, 5);
    const float from = left(step) + lanes_.column_width * (1 - turn);
    const float to = left(step + 1) - 4;
    const float spread = std::max(5.f, half(count(step)) * .6f);
    for (int line = 0; line < lines; ++line) {
      const float share = 2.f * static_cast<float>(line) / static_cast<float>(lines - 1) - 1;
      drawing_.items.emplace_back(
          LineItem{{from, middle_}, {to, middle_ + share * spread}, {theme_.text2, 1, {}}});
    }
    text({to, middle_ + half(count(step) * children) + 11}, "×" + std::to_string(children),
         theme_.text2, TextAlign::right);
  }

  // Solid: SDE; dashed: ODE. A disc on it trains, a ring draws noise only.
  void addLane(int step) {
    const bool noisy = plan(step).noise_level > 0;
    const Point from{left(step) + 3, laneY()}, to{left(step + 1) - 3, laneY()};
    const Pen pen = noisy ? Pen{theme_.text, 2.5f, {}} : Pen{theme_.text2, 1.25f, {{4, 3}}};
    drawing_.items.emplace_back(LineItem{from, to, pen});
    if (!noisy && !plan(step).train) return;
    const Point middle{(from.x + to.x) / 2, laneY()};
    drawing_.items.emplace_back(CircleItem{
        middle, 4.5f, plan(step).train ? theme_.text : theme_.canvas, {theme_.text, 1.5f, {}}});
  }

  void addAxis() {
    if (lanes_.sigmas.size() != lanes_.schedule.steps.size() + 1) return;
    const int every = std::max(1, static_cast<int>(std::ceil(30 / lanes_.column_width)));
    const float y = height_ - 10;
    for (int step = 0; step < steps(); step += every)
      text({left(step) + 3, y}, fixedText(lanes_.sigmas[static_cast<std::size_t>(step)], 2),
           theme_.text2, TextAlign::left);
  }

  // A bar over the noisy block with a grip at each end.
  void addHandle() {
    const NoisyBlock block = noisy_block(lanes_.schedule);
    if (block.end == block.first) return;
    const float from = left(block.first), to = left(block.end);
    const float y = 16;
    drawing_.items.emplace_back(PolylineItem{
        {{from + 5, y + 8}, {from + 5, y}, {to - 5, y}, {to - 5, y + 8}}, {theme_.accent, 2, {}}});
    addGrip({from, y + 7, 10, 16}, BlockHandle::first);
    addGrip({to - 10, y + 7, 10, 16}, BlockHandle::last);
    const float room = std::min(128.f, to - from - 24);
    const std::string width = std::to_string(block.end - block.first);
    const Box box{(from + to - room) / 2, y - 10, room, 20};
    drawing_.hits.push_back({{from + 10, 0, to - from - 20, 34},
                             HitKind::badge,
                             static_cast<std::int32_t>(BlockHandle::whole)});
    if (room < 24) return;
    drawing_.items.emplace_back(BoxItem{box, theme_.control, {theme_.accent, 1.25f, {}}, 3});
    text(box.centre(), room > 96 ? "window, w = " + width : width, theme_.text, TextAlign::centre,
         TextRole::table);
  }

  void addGrip(const Box& box, BlockHandle handle) {
    drawing_.items.emplace_back(BoxItem{box, theme_.control, {theme_.accent, 1.5f, {}}, 2});
    drawing_.hits.push_back({grown(box, 3), HitKind::badge, static_cast<std::int32_t>(handle)});
  }

  // Last, over columns that were scrolled beneath.
  void addLabels() {
    drawing_.items.emplace_back(BoxItem{{0, 0, lanes_.label_width, height_}, theme_.canvas, {}, 0});
    text({8, middle_ - 8}, "latents", theme_.text2, TextAlign::left, TextRole::table);
    text({8, middle_ + 8}, "evaluated", theme_.text2, TextAlign::left, TextRole::table);
    text({8, laneY()}, "lane", theme_.text2, TextAlign::left, TextRole::table);
    text({8, height_ - 10}, "σ", theme_.text2, TextAlign::left, TextRole::table, true);
  }

  const ScheduleLanes& lanes_;
  float width_, height_;
  const Theme& theme_;
  std::vector<std::int64_t> counts_;
  float middle_ = 0, room_ = 0;
  std::int64_t most_ = 1;
  Drawing drawing_;
};

}  // namespace

std::vector<std::int64_t> frontiers(const TreeSchedule& schedule) {
  constexpr std::int64_t enough = 1'000'000'000;
  std::vector<std::int64_t> counts;
  std::int64_t frontier = std::max(1, schedule.roots);
  for (const StepPlan& plan : schedule.steps) {
    counts.push_back(frontier);
    frontier = std::min(enough, frontier * std::max(1, plan.branch));
  }
  return counts;
}

Drawing scheduleDrawing(const ScheduleLanes& lanes, float width, float height, const Theme& theme) {
  return LanePainter(lanes, width, height, theme).draw();
}

}  // namespace treegrpo
