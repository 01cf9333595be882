#include "canvas/path_drawing.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/text_width.h"

namespace treegrpo {
namespace {

constexpr float margin = 12, top = 8, label_room = 24;
constexpr float least_side = 24, most_side = 62;
constexpr float least_gap = 24, name_gap = 6;
constexpr float beyond_share = .55f;  // of what lies after the selected node

std::size_t at(std::int32_t node) { return static_cast<std::size_t>(node); }

bool exists(const TreeRecord& record, std::int32_t node) {
  return node >= 0 && at(node) < record.nodes.size();
}

// What a child is chosen by; the least there is where nothing is known of it.
double worth(const TreeRecord& record, const TreeFigures& figures, std::int32_t node) {
  const double best = figures.best_below[at(node)];
  const double known = std::isnan(best) ? record.nodes[at(node)].value : best;
  return std::isnan(known) ? -std::numeric_limits<double>::infinity() : known;
}

std::int32_t bestChild(const TreeRecord& record, const TreeFigures& figures, std::int32_t node) {
  std::int32_t best = -1;
  for (std::int32_t child = node + 1; exists(record, child); ++child) {
    if (record.nodes[at(child)].parent != node) continue;
    if (best < 0 || worth(record, figures, child) > worth(record, figures, best)) best = child;
  }
  return best;
}

class PathPainter {
 public:
  PathPainter(std::shared_ptr<const TreeRecord> record, const TreeFigures& figures,
              std::int32_t selected, const Theme& theme)
      : record_(std::move(record)),
        figures_(figures),
        selected_(selected),
        theme_(theme),
        nodes_(stripNodes(*record_, figures, selected)) {}

  Drawing draw(float width, float height, float scroll) {
    const auto count = static_cast<float>(nodes_.size());
    side_ = std::clamp(height - top - label_room, least_side, most_side);
    const float free = width - 2 * margin - count * side_;
    gap_ = std::max(std::max(least_gap, widestName() + name_gap - side_),
                    count > 1 ? std::min(side_, free / (count - 1)) : 0);
    left_ = margin - scroll;
    const float length = 2 * margin + count * side_ + std::max(0.f, count - 1) * gap_;
    drawing_.extent = {-scroll, 0, std::max(width, length), height};
    for (std::size_t place = 0; place < nodes_.size(); ++place) {
      if (place > 0) addEdge(place);
      addPicture(place);
      addName(place);
    }
    return std::move(drawing_);
  }

 private:
  const TreeNode& node(std::size_t place) const { return record_->nodes[at(nodes_[place])]; }

  Box boxOf(std::size_t place) const {
    return {left_ + static_cast<float>(place) * (side_ + gap_), top, side_, side_};
  }

  // Nodes of the path come first; those on to the leaf step back.
  bool beyond(std::size_t place) const {
    return node(place).step > record_->nodes[at(selected_)].step;
  }
  float share(std::size_t place) const { return beyond(place) ? beyond_share : 1; }

  void addEdge(std::size_t place) {
    const Box box = boxOf(place);
    const float y = box.centre().y;
    const TreeNode& child = node(place);
    const bool broken = figures_.broken[at(nodes_[place])] != 0;
    const bool ode = child.kind != NodeKind::sde;
    const double limit = std::max(figures_.advantage_limit, std::numeric_limits<double>::min());
    const bool valued = !ode && std::isfinite(child.advantage);
    const double weight = valued ? std::min(1., std::abs(child.advantage) / limit) : 0;
    Pen pen{theme_.neutral, 1.25f, {}};
    if (ode) pen.dash = {{3, 2.5f}};
    if (valued) {
      pen.color = divergingColor(theme_, child.advantage, limit);
      pen.width = static_cast<float>(1.1 + 3.4 * weight);
    }
    if (broken) pen = {theme_.error, 2, {{6, 3, 1, 3}}};
    pen.color = faded(pen.color, share(place));
    drawing_.items.emplace_back(LineItem{{box.left - gap_ + 2, y}, {box.left - 2, y}, pen});
    if (valued && child.advantage != 0)
      drawing_.items.emplace_back(
          signMark({box.left - gap_ / 2, y - 9}, 3.6f, child.advantage > 0, pen.color));
  }

  void addPicture(std::size_t place) {
    const Box box = boxOf(place);
    const std::int32_t id = nodes_[place];
    const Image& image = node(place).image;
    const bool broken = figures_.broken[at(id)] != 0;
    const bool chosen = id == selected_;
    if (!image.empty()) {
      const bool smooth = static_cast<float>(std::max(image.width, image.height)) > side_;
      drawing_.items.emplace_back(
          ImageItem{box, std::shared_ptr<const Image>(record_, &image), smooth, share(place)});
    } else {
      drawing_.items.emplace_back(BoxItem{box, theme_.panel, {}, 0});
      addCornerMarks(drawing_, box, faded(theme_.text2, share(place)));
    }
    if (broken) drawing_.items.emplace_back(HatchItem{box, 6, {theme_.error, 1, {}}});
    const Color rim = broken ? theme_.error : theme_.border;
    if (broken || !image.empty())
      drawing_.items.emplace_back(BoxItem{box, no_color, {rim, broken ? 2.f : 1.f, {}}, 0});
    if (chosen)
      drawing_.items.emplace_back(BoxItem{grown(box, 3), no_color, {theme_.ring, 2.5f, {}}, 2});
    if (id == figures_.best_leaf)
      drawing_.items.emplace_back(
          star({box.right() - 2, box.top + 1}, 7, theme_.warning, theme_.canvas));
    drawing_.hits.push_back({grown(box, 3), HitKind::node, id});
  }

  std::string nameOf(std::size_t place) const {
    const auto step = static_cast<std::size_t>(node(place).step);
    const std::string name = nodeName(*record_, figures_, nodes_[place]);
    return step < record_->sigmas.size() ? name + " σ " + fixedText(record_->sigmas[step], 1)
                                         : name;
  }

  float widestName() const {
    float widest = 0;
    for (std::size_t place = 0; place < nodes_.size(); ++place)
      widest = std::max(widest, textWidth(nameOf(place), TextRole::caption_medium));
    return widest;
  }

  void addName(std::size_t place) {
    const Box box = boxOf(place);
    const bool chosen = nodes_[place] == selected_;
    drawing_.items.emplace_back(TextItem{{box.centre().x, box.bottom() + 13},
                                         nameOf(place),
                                         beyond(place) ? theme_.text2 : theme_.text,
                                         chosen ? TextRole::caption_medium : TextRole::caption,
                                         TextAlign::centre,
                                         false,
                                         no_color});
  }

  std::shared_ptr<const TreeRecord> record_;
  const TreeFigures& figures_;
  std::int32_t selected_;
  const Theme& theme_;
  std::vector<std::int32_t> nodes_;
  float side_ = 0, gap_ = 0, left_ = 0;
  Drawing drawing_;
};

}  // namespace

std::vector<std::int32_t> stripNodes(const TreeRecord& record, const TreeFigures& figures,
                                     std::int32_t selected) {
  std::vector<std::int32_t> nodes;
  if (!exists(record, selected)) return nodes;
  for (std::int32_t node = selected; node >= 0; node = record.nodes[at(node)].parent)
    nodes.push_back(node);
  std::reverse(nodes.begin(), nodes.end());
  for (std::int32_t node = bestChild(record, figures, selected); node >= 0;
       node = bestChild(record, figures, node))
    nodes.push_back(node);
  return nodes;
}

Drawing pathDrawing(std::shared_ptr<const TreeRecord> record, const TreeFigures& figures,
                    std::int32_t selected, float width, float height, const Theme& theme,
                    float scroll) {
  return PathPainter(std::move(record), figures, selected, theme).draw(width, height, scroll);
}

std::string pathTitle(const TreeRecord& record, const TreeFigures& figures, std::int32_t selected) {
  if (!exists(record, selected)) return "Path";
  const std::string path = "Path to " + nodeName(record, figures, selected);
  const bool more = stripNodes(record, figures, selected).back() != selected;
  return more ? path + ", and on to its best leaf" : path;
}

}  // namespace treegrpo
