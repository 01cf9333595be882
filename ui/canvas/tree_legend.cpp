// The legend at the foot of the canvas: what colour and width mean and where they end, the styles
// of lines, the star. A click on an entry changes it.
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

constexpr float left = 30, ramp_left = 142, ramp_width = 132;
constexpr int ramp_boxes = 44;

class Legend {
 public:
  Legend(const TreeFrame& frame, Drawing& drawing)
      : frame_(frame),
        theme_(frame.theme),
        drawing_(drawing),
        y_(contentBottom(frame) + legend_height / 2) {}

  void add() {
    addGround();
    if (!frame_.view.legend) return;
    if (frame_.view.overlay != Overlay::none && !overlayKnown(frame_)) {
      text(left, hint(), theme_.text2);
      return hit(left, lines, LegendEntry::overlay);
    }
    if (overlayKnown(frame_)) {
      addName();
      overlaySigned(frame_.view.overlay) ? addSignedRamp() : addRamp();
      hit(left, ramp_left + ramp_width + 50, LegendEntry::overlay);
    } else {
      text(left, "edges without numbers", theme_.text2);
      hit(left, ramp_left, LegendEntry::overlay);
    }
    addLines();
    if (frame_.figures.best_leaf >= 0) addBest();
  }

 private:
  void addGround() {
    const float width = frame_.view.width > 0 ? frame_.view.width : 540;
    drawing_.items.emplace_back(
        BoxItem{{0, y_ - legend_height / 2, width, legend_height}, theme_.canvas, {}});
  }

  void text(float x, std::string words, Color color, TextAlign align = TextAlign::left,
            bool italic = false) {
    drawing_.items.emplace_back(
        TextItem{{x, y_}, std::move(words), color, TextRole::caption, align, italic, no_color});
  }

  void hit(float from, float to, LegendEntry entry) {
    drawing_.hits.push_back({{from, y_ - legend_height / 2, to - from, legend_height},
                             HitKind::legend,
                             static_cast<std::int32_t>(entry)});
  }

  std::string hint() const {
    if (frame_.view.overlay != Overlay::advantage) return "No edge has this number yet.";
    if (!frame_.view.regrown.empty())
      return "Grown again (dotted rings) and never trained: no edge has an advantage.";
    if (frame_.figures.rewarded) return "All rewards are known; no edge got an advantage.";
    return "Edges take colour when all " + std::to_string(frame_.layout.rows) +
           " rewards are known.";
  }

  void addName() {
    struct Name {
      const char* words;
      const char* symbol;
    };
    constexpr Name names[] = {{"advantage", "A"}, {"log-prob", ""}, {"ratio", "ρ"}, {"KL", ""},
                              {"reward", "R"},    {"value", "V"},   {"", ""},       {"", ""}};
    const Name& name = names[static_cast<std::size_t>(frame_.view.overlay)];
    const bool given = frame_.view.overlay == Overlay::given;
    text(left, given ? frame_.view.given_name : name.words, theme_.text2);
    const auto letters = static_cast<float>(std::string_view(name.words).size());
    if (*name.symbol)
      text(left + 5 + 6 * letters, name.symbol, theme_.text2, TextAlign::left, true);
  }

  // The colour and height at `share` of the ramp.
  void addRampBox(int at, Color color, float height) {
    const float width = ramp_width / ramp_boxes;
    drawing_.items.emplace_back(
        BoxItem{{ramp_left + static_cast<float>(at) * width, y_ - height / 2, width + .3f, height},
                color,
                {}});
  }

  void addSignedRamp() {
    for (int at = 0; at < ramp_boxes; ++at) {
      const double share = 2 * (at + .5) / ramp_boxes - 1;
      addRampBox(at, divergingColor(theme_, share, 1), 2 + 9 * static_cast<float>(std::abs(share)));
    }
    const bool ratio = frame_.view.overlay == Overlay::ratio;
    const double limit = limitOf(frame_);
    const std::string end = ratio ? shortText(limit) : fixedText(limit, limit < 1 ? 2 : 1);
    const float right = ramp_left + ramp_width;
    const float width = 12 + 6 * static_cast<float>(end.size());
    drawing_.items.emplace_back(
        signMark({ramp_left - 6 - width, y_}, 3.4f, false, theme_.negative_text));
    text(ramp_left - 4, "−" + end, theme_.negative_text, TextAlign::right);
    text(right + 4, "+" + end, theme_.positive_text);
    drawing_.items.emplace_back(
        signMark({right + 8 + width, y_}, 3.4f, true, theme_.positive_text));
  }

  void addRamp() {
    for (int at = 0; at < ramp_boxes; ++at) {
      const double share = (at + .5) / ramp_boxes;
      addRampBox(at, sequentialColor(theme_, share, 0, 1), 2 + 9 * static_cast<float>(share));
    }
    const Range range = overlayRange(frame_);
    text(ramp_left - 4, overlayText(frame_.view.overlay, range.least), theme_.text2,
         TextAlign::right);
    text(ramp_left + ramp_width + 4, overlayText(frame_.view.overlay, range.most), theme_.text2);
  }

  void addLines() {
    drawing_.items.emplace_back(LineItem{{lines, y_}, {lines + 26, y_}, {theme_.text, 2.5f, {}}});
    text(lines + 33, "SDE, trained", theme_.text2);
    drawing_.items.emplace_back(
        LineItem{{lines + 112, y_}, {lines + 138, y_}, {theme_.neutral, 1.25f, {{3, 2.5f, 0, 0}}}});
    text(lines + 145, "ODE", theme_.text2);
    hit(lines, lines + 172, LegendEntry::lines);
  }

  void addBest() {
    drawing_.items.emplace_back(star({lines + 190, y_}, 6, starColor(theme_), theme_.text2));
    text(lines + 201, "best leaf", theme_.text2);
    hit(lines + 182, lines + 250, LegendEntry::best);
  }

  static constexpr float lines = ramp_left + ramp_width + 60;

  const TreeFrame& frame_;
  const Theme& theme_;
  Drawing& drawing_;
  float y_;
};

}  // namespace

void addLegend(const TreeFrame& frame, Drawing& drawing) { Legend(frame, drawing).add(); }

}  // namespace treegrpo
