#include "canvas/imgui_painter.h"

#include <imgui.h>

#include <QRectF>
#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "canvas/image_cache.h"
#include "canvas/item_bounds.h"
#include "canvas/path_geometry.h"

namespace treegrpo {
namespace {

ImU32 packed(Color color, float part = 1) {
  const float alpha = std::clamp(static_cast<float>(color.alpha) * part, 0.0F, 255.0F);
  return IM_COL32(color.red, color.green, color.blue, static_cast<int>(std::lround(alpha)));
}

ImTextureID textureOf(const Sprite& sprite) {
  return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(sprite.texture));
}

bool sameObject(const std::weak_ptr<const Image>& a, const std::shared_ptr<const Image>& b) {
  return !a.owner_before(b) && !b.owner_before(a);
}

bool sameFonts(const FontSet& a, const FontSet& b) {
  return a.sans == b.sans && a.mono == b.mono && std::abs(a.scale - b.scale) < 1e-6;
}

// How far the edge at a corner lies outwards, half a pixel from both sides of a clockwise polygon.
ImVec2 outwards(Point before, Point here, Point after) {
  const auto normal = [](Point a, Point b) {
    const float length = std::max(1e-6F, std::hypot(b.x - a.x, b.y - a.y));
    return Point{(b.y - a.y) / length, -(b.x - a.x) / length};
  };
  const Point a = normal(before, here), b = normal(here, after);
  const float x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
  const float stretch = .5F / std::max(.25F, x * x + y * y);
  return {x * stretch, y * stretch};
}

// ImGui fills convex shapes alone; this one takes stars, with the same soft edge a pixel wide.
void fillPolygon(ImDrawList& list, const std::vector<Point>& corners, ImU32 color) {
  const auto count = static_cast<unsigned int>(corners.size());
  const auto inner = triangles(corners);
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  list.PrimReserve(static_cast<int>(3 * inner.size() + 6 * count), static_cast<int>(2 * count));
  const unsigned int first = list._VtxCurrentIdx;
  const auto corner = [&](unsigned int index) {
    list.PrimWriteIdx(static_cast<ImDrawIdx>(first + index));
  };
  for (const auto& triangle : inner)
    for (const std::uint32_t index : triangle) corner(2 * index);
  for (unsigned int here = 0; here < count; ++here) {
    const unsigned int next = (here + 1) % count;
    for (const unsigned int index :
         {2 * here, 2 * next, 2 * next + 1, 2 * here, 2 * next + 1, 2 * here + 1})
      corner(index);
  }
  for (unsigned int here = 0; here < count; ++here) {
    const Point at = corners[here];
    const ImVec2 out =
        outwards(corners[(here + count - 1) % count], at, corners[(here + 1) % count]);
    list.PrimWriteVtx({at.x - out.x, at.y - out.y}, white, color);
    list.PrimWriteVtx({at.x + out.x, at.y + out.y}, white, color & ~IM_COL32_A_MASK);
  }
}

}  // namespace

class ImGuiItemPainter {
 public:
  ImGuiItemPainter(ImGuiPainter& painter, ImDrawList& list, float ratio)
      : painter_(painter), list_(list), ratio_(ratio) {
    use(painter.atlas_.whitePixel());
  }
  ~ImGuiItemPainter() { list_.PopTextureID(); }
  ImGuiItemPainter(const ImGuiItemPainter&) = delete;
  ImGuiItemPainter& operator=(const ImGuiItemPainter&) = delete;

  void operator()(const LineItem& item) { stroke(std::array{item.from, item.to}, item.pen); }
  void operator()(const CubicItem& item) { stroke(flattened(item), item.pen); }
  void operator()(const PolylineItem& item) {
    if (!visible(item.pen)) return;
    for (const auto& part : partedAtSharpCorners(item.points)) stroke(part, item.pen);
  }

  void operator()(const PolygonItem& item) {
    std::vector<Point> corners = item.points;
    if (corners.size() < 3) return;
    if (doubledArea(corners) < 0) std::reverse(corners.begin(), corners.end());
    if (item.fill.alpha != 0) {
      std::vector<Point> scaled;
      for (const Point corner : corners) scaled.push_back({corner.x * ratio_, corner.y * ratio_});
      if (isConvex(scaled)) {
        setPath(corners);
        list_.PathFillConvex(packed(item.fill));
      } else {
        fillPolygon(list_, scaled, packed(item.fill));
      }
    }
    strokeClosed(corners, item.pen);
  }

  void operator()(const BoxItem& item) {
    if (item.fill.alpha != 0) fillBox(item.box, item.radius, item.fill);
    if (!visible(item.pen)) return;
    const float half = item.pen.width / 2;
    const Box middle{item.box.left + half, item.box.top + half, item.box.width - item.pen.width,
                     item.box.height - item.pen.width};
    rectPath(middle, std::max(0.0F, item.radius - half));
    strokePath(item.pen);
  }

  void operator()(const CircleItem& item) {
    if (item.fill.alpha != 0) {
      circlePath(item);
      list_.PathFillConvex(packed(item.fill));
    }
    if (!visible(item.pen)) return;
    circlePath(item);
    strokePath(item.pen);
  }

  // On whole device pixels, as the raster painter does it.
  void operator()(const ImageItem& item) {
    if (!item.image || item.image->empty()) return;
    const float left = std::round(item.box.left * ratio_);
    const float top = std::round(item.box.top * ratio_);
    const float right = std::max(left + 1, std::round(item.box.right() * ratio_));
    const float bottom = std::max(top + 1, std::round(item.box.bottom() * ratio_));
    const Sprite* sprite =
        painter_.pictureOf(item, static_cast<int>(right - left), static_cast<int>(bottom - top));
    if (!sprite) return;
    put(*sprite, {left, top}, {right, bottom}, packed({255, 255, 255}, item.opacity));
  }

  void operator()(const HatchItem& item) {
    if (item.spacing <= 0) return;
    const Box& box = item.box;
    for (float way = item.spacing; way < box.width + box.height; way += item.spacing) {
      const float lower_x = std::max(0.0F, way - box.height);
      const float upper_y = std::max(0.0F, way - box.width);
      stroke(std::array{Point{box.left + lower_x, box.top + (way - lower_x)},
                        Point{box.left + (way - upper_y), box.top + upper_y}},
             item.pen);
    }
  }

  void operator()(const TextItem& item) {
    if (item.text.empty()) return;
    if (item.halo.alpha != 0) putText(item, Letters::rim, item.halo);
    putText(item, Letters::filled, item.color);
  }

 private:
  static bool visible(const Pen& pen) { return pen.width > 0 && pen.color.alpha != 0; }
  ImVec2 device(Point point) const { return {point.x * ratio_, point.y * ratio_}; }

  // Plain shapes take whatever page is in use.
  void use(const Sprite& sprite) {
    if (texture_ == sprite.texture) return;
    if (texture_ != 0) list_.PopTextureID();
    texture_ = sprite.texture;
    list_.PushTextureID(textureOf(sprite));
  }

  void put(const Sprite& sprite, ImVec2 from, ImVec2 to, ImU32 color) {
    use(sprite);
    list_.PrimReserve(6, 4);
    list_.PrimRectUV(from, to, {sprite.left, sprite.top}, {sprite.right, sprite.bottom}, color);
  }

  void putText(const TextItem& item, Letters letters, Color color) {
    const ImGuiPainter::Text* text = painter_.textOf(item, letters);
    if (!text) return;
    float left = item.at.x * ratio_ - text->left;
    if (item.align == TextAlign::centre) left -= text->advance / 2;
    if (item.align == TextAlign::right) left -= text->advance;
    left = std::round(left);
    const float top = std::round(item.at.y * ratio_ - text->half_way);
    put(text->sprite, {left, top}, {left + text->width, top + text->height}, packed(color));
  }

  void setPath(std::span<const Point> points) {
    list_.PathClear();
    for (const Point point : points) list_.PathLineTo(device(point));
  }

  void rectPath(const Box& box, float radius) {
    list_.PathClear();
    list_.PathRect(device({box.left, box.top}), device({box.right(), box.bottom()}),
                   radius * ratio_);
  }

  void circlePath(const CircleItem& item) {
    const float radius = item.radius * ratio_;
    const int parts = std::clamp(static_cast<int>(4 * std::sqrt(radius)) + 8, 12, 96);
    list_.PathClear();
    const float last = 2 * 3.14159265F * static_cast<float>(parts - 1) / static_cast<float>(parts);
    list_.PathArcTo(device(item.centre), radius, 0, last, parts - 1);
  }

  // Boxes thinner than a pixel become a pixel, and fainter.
  void fillBox(Box box, float radius, Color fill) {
    const float pixel = 1 / ratio_;
    float part = 1;
    if (box.width < pixel) {
      part *= std::max(0.0F, box.width / pixel);
      box = {box.centre().x - pixel / 2, box.top, pixel, box.height};
    }
    if (box.height < pixel) {
      part *= std::max(0.0F, box.height / pixel);
      box = {box.left, box.centre().y - pixel / 2, box.width, pixel};
    }
    rectPath(box, radius);
    list_.PathFillConvex(packed(fill, part));
  }

  // Lines thinner than a pixel are a pixel wide, and fainter.
  void strokeOnce(ImDrawFlags flags, const Pen& pen) {
    const float width = pen.width * ratio_;
    list_.PathStroke(packed(pen.color, std::min(1.0F, width)), flags, std::max(1.0F, width));
  }

  void stroke(std::span<const Point> points, const Pen& pen) {
    if (!visible(pen) || points.size() < 2) return;
    if (pen.dash.solid()) {
      setPath(points);
      strokeOnce(ImDrawFlags_None, pen);
      return;
    }
    for (const auto& part : dashed(points, pen.dash)) {
      setPath(part);
      strokeOnce(ImDrawFlags_None, pen);
    }
  }

  void strokeClosed(std::span<const Point> corners, const Pen& pen) {
    if (!visible(pen)) return;
    setPath(corners);
    strokePath(pen);
  }

  // The path that is set, closed; dashed, it starts at its first point.
  void strokePath(const Pen& pen) {
    if (pen.dash.solid()) return strokeOnce(ImDrawFlags_Closed, pen);
    std::vector<Point> round;
    for (const ImVec2& point : list_._Path) round.push_back({point.x / ratio_, point.y / ratio_});
    round.push_back(round.front());
    stroke(round, pen);
  }

  ImGuiPainter& painter_;
  ImDrawList& list_;
  float ratio_;
  unsigned int texture_ = 0;
};

void ImGuiPainter::forget() {
  pictures_.clear();
  texts_.clear();
  atlas_.empty();
}

void ImGuiPainter::follow(const ImGuiPaintOptions& options) {
  const bool same = typesetter_ && sameFonts(fonts_, options.fonts) &&
                    std::abs(ratio_ - options.pixel_ratio) < 1e-6F;
  if (same) return;
  forget();
  fonts_ = options.fonts;
  ratio_ = options.pixel_ratio;
  typesetter_ = std::make_unique<Typesetter>(fonts_, static_cast<double>(ratio_));
}

// A larger one keeps its own pixels, which the card makes squares of; a smaller one is averaged
// for just this size, as the raster painter shows it.
const Sprite* ImGuiPainter::pictureOf(const ImageItem& item, int width, int height) {
  const QSize own(item.image->width, item.image->height);
  const bool smaller = width < own.width() || height < own.height();
  QSize size = smaller ? QSize(width, height) : own;
  const int most = atlas_.largestSide();
  if (std::max(size.width(), size.height()) > most)
    size = size.scaled(most, most, Qt::KeepAspectRatio).expandedTo({1, 1});
  const PictureKey key{item.image.get(), size.width(), size.height(), item.smooth && smaller};
  if (const auto found = pictures_.find(key); found != pictures_.end()) {
    if (sameObject(found->second.owner, item.image)) return &found->second.sprite;
    pictures_.erase(found);
  }
  const auto sprite = atlas_.add(ImageCache(0).scaled(item.image, size, item.smooth));
  if (!sprite) {
    all_fit_ = false;
    return nullptr;
  }
  return &pictures_.emplace(key, Picture{item.image, *sprite}).first->second.sprite;
}

const ImGuiPainter::Text* ImGuiPainter::textOf(const TextItem& item, Letters letters) {
  TextKey key{item.text, item.role, item.italic, letters};
  if (const auto found = texts_.find(key); found != texts_.end()) return &found->second;
  const TextMask set = typesetter_->set(item, letters);
  const auto sprite = atlas_.add(set.mask);
  if (!sprite) {
    all_fit_ = false;
    return nullptr;
  }
  const Text text{*sprite,
                  static_cast<float>(set.mask.width()),
                  static_cast<float>(set.mask.height()),
                  set.advance,
                  set.left,
                  set.half_way};
  return &texts_.emplace(std::move(key), text).first->second;
}

bool ImGuiPainter::paint(ImDrawList& list, const Drawing& drawing,
                         const ImGuiPaintOptions& options) {
  follow(options);
  all_fit_ = true;
  const QRectF visible(0, 0, static_cast<qreal>(options.width), static_cast<qreal>(options.height));
  ImGuiItemPainter paint_item(*this, list, options.pixel_ratio);
  for (const DrawingItem& item : drawing.items)
    if (boundsOf(item, options.fonts.scale).intersects(visible)) std::visit(paint_item, item);
  return all_fit_;
}

}  // namespace treegrpo
