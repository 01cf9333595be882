// Probes of a run on paper: the screen's strip. Where there are more checkpoints than fit, the
// last.
#include <algorithm>

#include "figure/panel_drawing.h"

namespace treegrpo {
namespace {

constexpr float own_scale = .625f;                         // as curves, beside which it may stand
constexpr float row = 56, lane = 46, head = 22, gap = 16;  // pixels

}  // namespace

PanelDrawing probesPanel(const ProbeData& data, const PanelRoom& room) {
  const float scale = room.scale(own_scale);
  ProbeStrip strip = data.strip;
  const float own = head + row * static_cast<float>(probeRows(strip).size()) +
                    lane * static_cast<float>(probeLanes(strip).size()) + gap;
  const float high = room.height > 0 ? room.height / scale : own;
  const auto probes = static_cast<std::int32_t>(strip.probes.size());
  strip.first_probe = std::max(0, probes - probeRoom(strip, room.width / scale, high).columns);
  Drawing drawing = probeDrawing(strip, room.width / scale, high, theme(ThemeKind::paper));
  drawing.hits.clear();
  return {{{std::move(drawing), {0, 0}, scale}}, high * scale, -1};
}

}  // namespace treegrpo
