#include "canvas/probe_drawing.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/plot_frame.h"
#include "canvas/run_look.h"
#include "canvas/text_width.h"
#include "canvas/tree_figures.h"

namespace treegrpo {
namespace {

constexpr float head_height = 22, gap = 8, right_margin = 12;
constexpr float lane_height = 46, unknown_height = 20;
constexpr float least_side = 32, most_side = 96;  // of a picture
constexpr float least_pitch = 46;                 // of columns: room for a number
constexpr float line_height = 14;

bool isKnown(const ProbeLane& lane) {
  return std::ranges::any_of(lane.lines, [](const ProbeLine& line) {
    return std::ranges::any_of(line.values, [](double value) { return std::isfinite(value); });
  });
}

// The first picture there is; null where none was stored.
const Image* anyPicture(const ProbeStrip& strip) {
  for (const auto& probe : strip.probes)
    for (const ProbedPrompt& prompt : probe->prompts)
      for (const ProbePicture& picture : prompt.pictures)
        if (!picture.image.empty()) return &picture.image;
  return nullptr;
}

// Where the parts of a strip lie at a size.
struct ProbeFrame {
  float gutter = 0;  // left of the first column
  float side = 0;    // of a picture
  float pitch_x = 0, pitch_y = 0;
  float lanes_top = 0;
  bool smooth = false;  // pictures are smaller than they are
  ProbeRoom room;
};

float heightOf(const std::vector<ProbeLane>& lanes) {
  float height = 0;
  for (const ProbeLane& lane : lanes) height += isKnown(lane) ? lane_height : unknown_height;
  return height;
}

ProbeFrame frameOf(const ProbeStrip& strip, float width, float height) {
  ProbeFrame frame;
  frame.gutter = std::clamp(.22f * width, 96.f, 190.f);
  const float lanes = heightOf(probeLanes(strip));
  const auto rows = static_cast<std::int32_t>(probeRows(strip).size());
  const float room = std::max(least_side, height - head_height - lanes - gap);
  frame.side = std::clamp(std::floor(room / static_cast<float>(std::max(1, rows))) - gap,
                          least_side, most_side);
  if (const Image* picture = anyPicture(strip)) {
    const auto own = static_cast<float>(std::max(picture->width, picture->height));
    frame.smooth = own > frame.side;
    if (!frame.smooth) frame.side = own * std::floor(frame.side / own);
  }
  frame.pitch_x = std::max(least_pitch, frame.side + gap);
  frame.pitch_y = frame.side + gap;
  frame.room.columns =
      std::max(1, static_cast<std::int32_t>((width - frame.gutter - right_margin) / frame.pitch_x));
  frame.room.rows =
      std::clamp(static_cast<std::int32_t>((room + gap) / frame.pitch_y), 1, std::max(1, rows));
  frame.lanes_top = head_height + static_cast<float>(frame.room.rows) * frame.pitch_y + gap;
  return frame;
}

Range rangeOf(const ProbeLane& lane) {
  Range range{no_value, no_value};
  for (const ProbeLine& line : lane.lines)
    for (const double value : line.values) {
      if (!std::isfinite(value)) continue;
      range.least = std::isnan(range.least) ? value : std::min(range.least, value);
      range.most = std::isnan(range.most) ? value : std::max(range.most, value);
    }
  return range;
}

std::string numberText(const ProbeLane& lane, double value) {
  return lane.decimals < 0 ? shortText(value) : fixedText(value, lane.decimals);
}

// At most `most` lines no wider than that; the last one is cut.
std::vector<std::string> linesOf(const std::string& text, float width, std::size_t most) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::string longer = lines.empty() ? word : lines.back() + " " + word;
    if (!lines.empty() && (textWidth(longer, TextRole::caption) <= width || lines.size() == most))
      lines.back() = longer;
    else
      lines.push_back(word);
    at = end + 1;
  }
  for (std::string& line : lines) line = fitted(line, width);
  return lines;
}

class ProbePainter {
 public:
  ProbePainter(const ProbeStrip& strip, float width, float height, const Theme& theme)
      : strip_(strip),
        theme_(theme),
        frame_(frameOf(strip, width, height)),
        rows_(probeRows(strip)),
        lanes_(probeLanes(strip)) {
    drawing_.extent = {0, 0, width, height};
    const auto probes = static_cast<std::int32_t>(strip.probes.size());
    const auto rows = static_cast<std::int32_t>(rows_.size());
    first_ = std::clamp(strip.first_probe, 0, std::max(0, probes - frame_.room.columns));
    end_ = std::min(probes, first_ + frame_.room.columns);
    first_row_ = std::clamp(strip.first_row, 0, std::max(0, rows - frame_.room.rows));
    end_row_ = std::min(rows, first_row_ + frame_.room.rows);
  }

  Drawing draw() {
    addHead();
    for (std::int32_t probe = first_; probe < end_; ++probe) addColumn(probe);
    for (std::int32_t row = first_row_; row < end_row_; ++row) addRow(row);
    float top = frame_.lanes_top;
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) top += addLane(lane, top);
    return std::move(drawing_);
  }

 private:
  float left(std::int32_t probe) const {
    return frame_.gutter + static_cast<float>(probe - first_) * frame_.pitch_x;
  }
  float middle(std::int32_t probe) const { return left(probe) + frame_.pitch_x / 2; }

  void text(Point at, std::string words, Color color, TextAlign align = TextAlign::left,
            TextRole role = TextRole::caption) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, false, no_color});
  }

  // What the columns are, and how many are out of sight.
  void addHead() {
    const float y = head_height / 2;
    const auto later = static_cast<std::int32_t>(strip_.probes.size()) - end_;
    const std::string earlier = first_ > 0 ? " · ← " + std::to_string(first_) + " more" : "";
    text({gap, y}, fitted("after iterations" + earlier, frame_.gutter - gap), theme_.text2);
    if (later > 0)
      text({drawing_.extent.width - 2, y}, std::to_string(later) + " →", theme_.text2,
           TextAlign::right);
  }

  void addColumn(std::int32_t probe) {
    const bool chosen = probe == strip_.selected.probe;
    const Box column{left(probe), 0, frame_.pitch_x, drawing_.extent.height};
    if (chosen) drawing_.items.emplace_back(BoxItem{column, faded(theme_.grid, .45f), {}, 0});
    text({middle(probe), head_height / 2},
         std::to_string(strip_.probes[static_cast<std::size_t>(probe)]->iteration),
         chosen ? theme_.text : theme_.text2, TextAlign::centre,
         chosen ? TextRole::caption_medium : TextRole::caption);
    drawing_.hits.push_back({column, HitKind::step, probe});
  }

  void addRow(std::int32_t row) {
    const float top = head_height + static_cast<float>(row - first_row_) * frame_.pitch_y;
    addRowName(row, top);
    for (std::int32_t probe = first_; probe < end_; ++probe) addPicture({probe, row}, top);
  }

  void addRowName(std::int32_t row, float top) {
    const ProbeRow& named = rows_[static_cast<std::size_t>(row)];
    const bool all = !strip_.seed;
    const bool begins = row == first_row_ || !all ||
                        rows_[static_cast<std::size_t>(row) - 1].prompt != named.prompt;
    const auto most = static_cast<std::size_t>(std::max(1.f, frame_.side / line_height));
    float y = top + line_height / 2;
    if (begins)
      for (const std::string& line : linesOf(named.prompt, frame_.gutter - 2 * gap,
                                             all ? std::max<std::size_t>(1, most - 1) : most)) {
        text({gap, y}, line, theme_.text);
        y += line_height;
      }
    if (all) text({gap, y}, "seed " + std::to_string(named.seed), theme_.text2);
    if (row + 1 == end_row_ && end_row_ < static_cast<std::int32_t>(rows_.size()))
      text({frame_.gutter - gap, top + frame_.side - line_height / 2},
           "↓ " + std::to_string(static_cast<std::int32_t>(rows_.size()) - end_row_), theme_.text2,
           TextAlign::right);
  }

  void addPicture(ProbePlace place, float top) {
    const Box box{middle(place.probe) - frame_.side / 2, top, frame_.side, frame_.side};
    const ProbePicture* picture = pictureAt(strip_, place);
    if (picture && !picture->image.empty())
      drawing_.items.emplace_back(
          ImageItem{box,
                    std::shared_ptr<const Image>(
                        strip_.probes[static_cast<std::size_t>(place.probe)], &picture->image),
                    frame_.smooth});
    else
      addCornerMarks(drawing_, box, theme_.neutral);
    if (place == strip_.selected)
      drawing_.items.emplace_back(BoxItem{grown(box, 3), no_color, {theme_.ring, 2.5f, {}}, 2});
    const auto count = static_cast<std::int32_t>(strip_.probes.size());
    drawing_.hits.push_back({box, HitKind::node, place.row * count + place.probe});
  }

  // Returns its height.
  float addLane(std::size_t index, float top) {
    const ProbeLane& lane = lanes_[index];
    const bool known = isKnown(lane);
    const float height = known ? lane_height : unknown_height;
    drawing_.items.emplace_back(
        LineItem{{gap, top}, {drawing_.extent.width - right_margin, top}, {theme_.grid, 1, {}}});
    drawing_.hits.push_back({{0, top, drawing_.extent.width, height},
                             HitKind::legend,
                             static_cast<std::int32_t>(index)});
    if (!known) {
      text({gap, top + height / 2},
           fitted(lane.name + ": " + lane.unknown, drawing_.extent.width - 2 * gap), theme_.text2);
      return height;
    }
    const Range range = rangeOf(lane);
    text({gap, top + 12}, fitted(lane.name, frame_.gutter - 2 * gap), theme_.text, TextAlign::left,
         TextRole::caption_medium);
    text({gap, top + 28},
         fitted(numberText(lane, range.least) + " to " + numberText(lane, range.most),
                frame_.gutter - 2 * gap),
         theme_.text2);
    for (const ProbeLine& line : lane.lines)
      addValues(lane, line, range, {frame_.gutter, top + 20, 0, height - 27});
    return height;
  }

  Color colorOf(const ProbeLine& line) const {
    return line.run < 0 ? theme_.text : runColor(theme_, static_cast<std::size_t>(line.run));
  }

  // A line through the points that are known; of a single run with a gap where one is not, of
  // several, which have probes after other iterations, from point to point.
  void addValues(const ProbeLane& lane, const ProbeLine& line, const Range& range,
                 const Box& area) {
    const bool compared = line.run >= 0;
    const Dash dash = compared ? runDash(static_cast<std::size_t>(line.run)) : Dash{};
    std::vector<Point> points;
    const auto flush = [&] {
      if (points.size() > 1)
        drawing_.items.emplace_back(PolylineItem{points, {colorOf(line), 1.75f, dash}});
      points.clear();
    };
    for (std::int32_t probe = first_; probe < end_; ++probe) {
      const double value = line.values[static_cast<std::size_t>(probe)];
      if (std::isfinite(value))
        points.push_back({middle(probe), height(value, range, area)});
      else if (!compared)
        flush();
    }
    if (compared && !points.empty())
      text({points.back().x + 6, points.back().y}, line.letter, colorOf(line), TextAlign::left,
           TextRole::caption_medium);
    flush();
    for (std::int32_t probe = first_; probe < end_; ++probe)
      addValue(lane, line, probe, range, area);
  }

  // Numbers stand where they have room: of a single run.
  void addValue(const ProbeLane& lane, const ProbeLine& line, std::int32_t probe,
                const Range& range, const Box& area) {
    const double value = line.values[static_cast<std::size_t>(probe)];
    const bool chosen = probe == strip_.selected.probe;
    if (std::isfinite(value))
      drawing_.items.emplace_back(CircleItem{{middle(probe), height(value, range, area)},
                                             chosen ? 4.f : 2.75f,
                                             colorOf(line),
                                             {theme_.canvas, 1.2f, {}}});
    if (line.run < 0)
      text({middle(probe), area.top - 8}, numberText(lane, value),
           chosen ? theme_.text : theme_.text2, TextAlign::centre,
           chosen ? TextRole::caption_medium : TextRole::caption);
  }

  static float height(double value, const Range& range, const Box& area) {
    const double span = range.most - range.least;
    const double share = span > 0 ? (value - range.least) / span : .5;
    return area.bottom() - 2 - (area.height - 4) * static_cast<float>(share);
  }

  const ProbeStrip& strip_;
  const Theme& theme_;
  ProbeFrame frame_;
  std::vector<ProbeRow> rows_;
  std::vector<ProbeLane> lanes_;
  std::int32_t first_ = 0, end_ = 0;          // probes that are shown
  std::int32_t first_row_ = 0, end_row_ = 0;  // likewise
  Drawing drawing_;
};

ProbeLane lane(std::string name, int decimals, std::string definition, std::string unknown) {
  return {.name = std::move(name),
          .lines = {ProbeLine()},
          .decimals = decimals,
          .definition = std::move(definition),
          .unknown = std::move(unknown)};
}

}  // namespace

std::vector<ProbeRow> probeRows(const ProbeStrip& strip) {
  if (!strip.rows.empty()) return strip.rows;
  std::vector<ProbeRow> rows;
  if (strip.probes.empty()) return rows;
  for (const ProbedPrompt& prompt : strip.probes.back()->prompts)
    for (const ProbePicture& picture : prompt.pictures)
      if (!strip.seed || picture.seed == *strip.seed) rows.push_back({prompt.text, picture.seed});
  return rows;
}

const ProbePicture* pictureAt(const ProbeStrip& strip, ProbePlace place) {
  const std::vector<ProbeRow> rows = probeRows(strip);
  if (place.probe < 0 || place.row < 0 ||
      place.probe >= static_cast<std::int32_t>(strip.probes.size()) ||
      place.row >= static_cast<std::int32_t>(rows.size()))
    return nullptr;
  const ProbeRow& row = rows[static_cast<std::size_t>(place.row)];
  return find_picture(*strip.probes[static_cast<std::size_t>(place.probe)], row.prompt, row.seed);
}

std::vector<ProbeLane> probeLanes(const ProbeStrip& strip) {
  if (!strip.lanes.empty()) return strip.lanes;
  std::vector<ProbeLane> lanes;
  if (strip.probes.empty()) return lanes;
  std::vector<ProbeMeans> means;
  for (const auto& probe : strip.probes) means.push_back(probe_means(*probe));
  for (const NamedValue& reward : means.back().rewards) {
    lanes.push_back(lane(reward.name, 3,
                         reward.name + ": raw reward, before its weight; mean over all pictures of "
                                       "a probe, in the reward's own unit.",
                         "no number"));
    for (const ProbeMeans& at : means) {
      const auto found = std::ranges::find(at.rewards, reward.name, &NamedValue::name);
      lanes.back().lines[0].values.push_back(found == at.rewards.end() ? no_value : found->value);
    }
  }
  ProbeLane kl =
      lane("KL", -1,
           "KL to the reference weights, in nats a latent dimension: mean over the steps "
           "of a picture of (mean − mean_ref)² / (2 std²), as if each drew the noise of "
           "the run's sampler; mean over all pictures.",
           "not known, the run keeps no reference (objective.kl_beta = 0)");
  ProbeLane diversity =
      lane("diversity", 3,
           "Diversity: mean over the pairs of a prompt's pictures of ‖a − b‖ / √D, their "
           "root-mean-square distance with pixels from 0 to 1; mean over prompts. 0: all the same.",
           "not known of a single seed (probe.seeds)");
  for (const ProbeMeans& at : means) {
    kl.lines[0].values.push_back(at.kl);
    diversity.lines[0].values.push_back(at.diversity);
  }
  lanes.push_back(std::move(kl));
  lanes.push_back(std::move(diversity));
  return lanes;
}

ProbeRoom probeRoom(const ProbeStrip& strip, float width, float height) {
  return frameOf(strip, width, height).room;
}

Drawing probeDrawing(const ProbeStrip& strip, float width, float height, const Theme& theme) {
  if (strip.probes.empty()) return {};
  return ProbePainter(strip, width, height, theme).draw();
}

ProbePlace pictureOf(const ProbeStrip& strip, std::int32_t target) {
  const auto count = static_cast<std::int32_t>(strip.probes.size());
  return count > 0 ? ProbePlace{target % count, target / count} : ProbePlace{};
}

}  // namespace treegrpo
