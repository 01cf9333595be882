#include "figure/figure_page.h"

#include <algorithm>
#include <cmath>

#include "figure/panel_drawing.h"
#include "figure/venue.h"
#include "style/theme.h"

namespace treegrpo {
namespace {

constexpr float gap = 12;          // points between panels
constexpr float letter_room = 12;  // above a panel
constexpr float letter_scale = .625f;
constexpr float least_line = .5f;  // points, as venues ask

struct DrawPanel {
  PanelRoom room;
  PanelDrawing operator()(const FigureCurves& data) const { return curvesPanel(data, room); }
  PanelDrawing operator()(const TreeData& data) const { return treePanel(data, room); }
  PanelDrawing operator()(const ImageTable& data) const { return imagesPanel(data, room); }
  PanelDrawing operator()(const DistributionData& data) const {
    return distributionsPanel(data, room);
  }
  PanelDrawing operator()(const PairData& data) const { return pairPanel(data, room); }
  PanelDrawing operator()(const ProbeData& data) const { return probesPanel(data, room); }
};

// Lines that would print too thin, as thin as may be.
void thicken(PlacedDrawing& part) {
  const auto raise = [least = least_line / part.scale](Pen& pen) {
    if (pen.width > 0) pen.width = std::max(pen.width, least);
  };
  for (DrawingItem& item : part.drawing.items)
    std::visit(
        [&](auto& one) {
          if constexpr (requires { one.pen; }) raise(one.pen);
        },
        item);
}

// Its middle at the left is `at`.
PlacedDrawing letter(std::size_t panel, Point at, float scale) {
  PlacedDrawing part{{}, at, scale};
  std::string words = "(?)";
  words[1] = static_cast<char>('a' + panel % 26);
  part.drawing.items.emplace_back(TextItem{{0, 0},
                                           words,
                                           theme(ThemeKind::paper).text,
                                           TextRole::body_strong,
                                           TextAlign::left,
                                           false,
                                           no_color});
  return part;
}

// Panels from the left, a new row where the next one does not fit.
class PageLayout {
 public:
  PageLayout(const FigureRecipe& recipe, const FigureData& data)
      : recipe_(recipe),
        data_(data),
        lettered_(recipe.letters && recipe.panels.size() > 1),
        text_(static_cast<float>(recipe.text_pt)) {
    page_.font = recipe.font;
    page_.width = static_cast<float>(widthOf(recipe));
  }

  FigurePage run() {
    for (std::size_t i = 0; i < recipe_.panels.size(); ++i) place(i);
    page_.height = std::ceil(top_ + row_height_);
    return std::move(page_);
  }

 private:
  void place(std::size_t number) {
    const FigurePanel& panel = recipe_.panels[number];
    const auto share = static_cast<float>(panel.share);
    if (used_ > 0 && used_ + share > 1.001f) newRow();
    // Gaps come out of the panels, so that shares of a row add up to the width.
    const float left = used_ * (page_.width + gap);
    const float width = share * (page_.width + gap) - gap;
    const auto height = static_cast<float>(panel.height_mm * points_per_mm);
    PanelDrawing drawn = std::visit(DrawPanel{{width, height, text_}}, data_.panels[number]);
    const bool inside = drawn.letter_at >= 0;
    const float above = lettered_ && !inside ? letter_room : 0;
    for (PlacedDrawing& part : drawn.parts) {
      part.at.x += left;
      part.at.y += top_ + above;
      thicken(part);
      page_.parts.push_back(std::move(part));
    }
    const float middle = inside ? drawn.letter_at : letter_room / 2 - 2;
    if (lettered_)
      page_.parts.push_back(
          letter(number, {left, top_ + middle}, PanelRoom{0, 0, text_}.scale(letter_scale)));
    row_height_ = std::max(row_height_, drawn.height + above);
    used_ += share;
  }

  void newRow() {
    top_ += row_height_ + gap;
    row_height_ = used_ = 0;
  }

  const FigureRecipe& recipe_;
  const FigureData& data_;
  const bool lettered_;
  const float text_;  // points; 0: the panels' own
  FigurePage page_;
  float top_ = 0, row_height_ = 0, used_ = 0;
};

std::shared_ptr<const Image> enlarged(const Image& image, int factor) {
  auto large = std::make_shared<Image>();
  large->width = image.width * factor;
  large->height = image.height * factor;
  large->rgb.reserve(image.rgb.size() * static_cast<std::size_t>(factor * factor));
  for (int y = 0; y < large->height; ++y) {
    for (int x = 0; x < large->width; ++x) {
      const auto at = static_cast<std::size_t>(3 * (y / factor * image.width + x / factor));
      large->rgb.insert(large->rgb.end(), image.rgb.begin() + static_cast<std::ptrdiff_t>(at),
                        image.rgb.begin() + static_cast<std::ptrdiff_t>(at) + 3);
    }
  }
  return large;
}

}  // namespace

FigurePage figurePage(const FigureRecipe& recipe, const FigureData& data) {
  return PageLayout(recipe, data).run();
}

double dpiOf(const ImageItem& item, float scale) {
  const auto across = [&](int pixels, float length) {
    return points_per_inch * pixels / static_cast<double>(length * scale);
  };
  return std::min(across(item.image->width, item.box.width),
                  across(item.image->height, item.box.height));
}

FigurePage sharpened(FigurePage page, double dpi) {
  for (PlacedDrawing& part : page.parts) {
    for (DrawingItem& item : part.drawing.items) {
      auto* image = std::get_if<ImageItem>(&item);
      if (!image || !image->image || image->image->empty()) continue;
      const int factor = static_cast<int>(std::ceil(dpi / dpiOf(*image, part.scale) - 1e-9));
      if (factor > 1) image->image = enlarged(*image->image, factor);
    }
  }
  return page;
}

}  // namespace treegrpo
