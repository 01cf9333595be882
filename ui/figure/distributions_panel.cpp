// Rewards of a tree on paper: the screen's histograms.
#include "canvas/plot_frame.h"
#include "canvas/reward_drawing.h"
#include "figure/panel_drawing.h"

namespace treegrpo {
namespace {

constexpr float own_scale = .625f;      // as curves, beside which it may stand
constexpr float each = 120, rule = 54;  // pixels

}  // namespace

PanelDrawing distributionsPanel(const DistributionData& data, const PanelRoom& room) {
  const float scale = room.scale(own_scale);
  const float own = each * static_cast<float>(data.record->rewards.size()) + rule;
  const float high = room.height > 0 ? room.height / scale : own;
  Drawing drawing = rewardDrawing(*data.record, treeFigures(*data.record), -1, room.width / scale,
                                  high, theme(ThemeKind::paper));
  drawing.hits.clear();
  const float filled = std::max(high, drawing.extent.height);
  return {{{std::move(drawing), {0, 0}, scale}}, filled * scale, title_height / 2 * scale};
}

}  // namespace treegrpo
