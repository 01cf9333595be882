#include "canvas/raster_painter.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPolygonF>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "canvas/item_bounds.h"
#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr double halo_width = 1.5;  // pixels around letters

QPointF toQt(Point point) { return {point.x, point.y}; }
QRectF toQt(const Box& box) { return {box.left, box.top, box.width, box.height}; }

QPolygonF toQt(const std::vector<Point>& points) {
  QPolygonF polygon;
  polygon.reserve(static_cast<qsizetype>(points.size()));
  for (const Point point : points) polygon << toQt(point);
  return polygon;
}

// Qt counts dashes in widths of the pen, and wants them in pairs.
QList<qreal> dashPattern(const Pen& pen) {
  QList<qreal> pattern;
  for (const float length : pen.dash.lengths) {
    if (length <= 0) break;
    pattern << static_cast<qreal>(length) / static_cast<qreal>(pen.width);
  }
  if (pattern.size() % 2 == 1) pattern += QList<qreal>(pattern);
  return pattern;
}

QPen toQt(const Pen& pen, Qt::PenJoinStyle join) {
  if (pen.width <= 0 || pen.color.alpha == 0) return Qt::NoPen;
  QPen result(toQColor(pen.color), static_cast<qreal>(pen.width), Qt::SolidLine, Qt::FlatCap, join);
  if (!pen.dash.solid()) {
    result.setDashPattern(dashPattern(pen));
    result.setDashOffset(static_cast<qreal>(pen.dash.offset) / static_cast<qreal>(pen.width));
  }
  return result;
}

QBrush brushOf(Color fill) {
  return fill.alpha == 0 ? QBrush(Qt::NoBrush) : QBrush(toQColor(fill));
}

class ItemPainter {
 public:
  ItemPainter(QPainter& painter, const PaintOptions& options, ImageCache& images)
      : painter_(painter),
        options_(options),
        images_(images),
        on_pixels_(painter.paintEngine()->type() == QPaintEngine::Raster &&
                   painter.deviceTransform().type() <= QTransform::TxScale) {}

  void operator()(const LineItem& item) {
    painter_.setPen(toQt(item.pen, Qt::MiterJoin));
    painter_.drawLine(toQt(item.from), toQt(item.to));
  }

  void operator()(const CubicItem& item) {
    QPainterPath path(toQt(item.from));
    path.cubicTo(toQt(item.control_1), toQt(item.control_2), toQt(item.to));
    painter_.strokePath(path, toQt(item.pen, Qt::RoundJoin));
  }

  void operator()(const PolylineItem& item) {
    painter_.setPen(toQt(item.pen, Qt::RoundJoin));
    painter_.setBrush(Qt::NoBrush);
    painter_.drawPolyline(toQt(item.points));
  }

  void operator()(const PolygonItem& item) {
    painter_.setPen(toQt(item.pen, Qt::MiterJoin));
    painter_.setBrush(brushOf(item.fill));
    painter_.drawPolygon(toQt(item.points));
  }

  void operator()(const BoxItem& item) {
    const QRectF box = toQt(item.box);
    const qreal radius = item.radius;
    if (item.fill.alpha != 0 && radius <= 0) {
      painter_.fillRect(box, toQColor(item.fill));
    } else if (item.fill.alpha != 0) {
      painter_.setPen(Qt::NoPen);
      painter_.setBrush(toQColor(item.fill));
      painter_.drawRoundedRect(box, radius, radius);
    }
    const QPen pen = toQt(item.pen, Qt::MiterJoin);
    if (pen.style() == Qt::NoPen) return;
    const qreal half = pen.widthF() / 2;
    const QRectF middle = box.adjusted(half, half, -half, -half);
    painter_.setPen(pen);
    painter_.setBrush(Qt::NoBrush);
    if (radius <= half) {
      painter_.drawRect(middle);
    } else {
      painter_.drawRoundedRect(middle, radius - half, radius - half);
    }
  }

  void operator()(const CircleItem& item) {
    painter_.setPen(toQt(item.pen, Qt::MiterJoin));
    painter_.setBrush(brushOf(item.fill));
    painter_.drawEllipse(toQt(item.centre), item.radius, item.radius);
  }

  void operator()(const ImageItem& item) {
    if (!item.image || item.image->empty()) return;
    painter_.setOpacity(item.opacity);
    if (on_pixels_) {
      drawOnPixels(item);
    } else {
      const QSize own(item.image->width, item.image->height);
      painter_.drawImage(toQt(item.box), images_.scaled(item.image, own, false));
    }
    painter_.setOpacity(1);
  }

  // Lines that rise to the right, each clipped to the box by arithmetic.
  void operator()(const HatchItem& item) {
    if (item.spacing <= 0) return;
    const Box& box = item.box;
    QList<QLineF> lines;
    for (float way = item.spacing; way < box.width + box.height; way += item.spacing) {
      const float lower_x = std::max(0.0F, way - box.height);  // where it enters, below or left
      const float upper_y = std::max(0.0F, way - box.width);   // where it leaves, above or right
      lines << QLineF(box.left + lower_x, box.top + (way - lower_x), box.left + (way - upper_y),
                      box.top + upper_y);
    }
    painter_.setPen(toQt(item.pen, Qt::MiterJoin));
    painter_.drawLines(lines);
  }

  void operator()(const TextItem& item) {
    const Face& face = faceOf(item.role, item.italic);
    const QString text = QString::fromStdString(item.text);
    QPointF left(item.at.x, item.at.y + face.half_capital);
    if (item.align != TextAlign::left) {
      const qreal width = face.metrics.horizontalAdvance(text);
      left.rx() -= item.align == TextAlign::right ? width : width / 2;
    }
    QPainterPath letters;
    if (item.halo.alpha != 0 || options_.outlines) letters.addText(left, face.font, text);
    if (item.halo.alpha != 0)
      painter_.strokePath(letters, QPen(toQColor(item.halo), 2 * halo_width, Qt::SolidLine,
                                        Qt::RoundCap, Qt::RoundJoin));
    if (options_.outlines) return painter_.fillPath(letters, toQColor(item.color));
    painter_.setFont(face.font);
    painter_.setPen(toQColor(item.color));
    painter_.drawText(left, text);
  }

 private:
  struct Face {
    QFont font;
    QFontMetricsF metrics;
    qreal half_capital;
  };

  const Face& faceOf(TextRole role, bool italic) {
    auto& face = faces_[2 * static_cast<std::size_t>(role) + (italic ? 1 : 0)];
    if (!face) {
      const QFont font = fontFor(options_.fonts, role, italic);
      const QFontMetricsF metrics(font, painter_.device());
      face = Face{font, metrics, metrics.capHeight() / 2};
    }
    return *face;
  }

  // On whole device pixels, so that the picture's own pixels are sharp squares.
  void drawOnPixels(const ImageItem& item) {
    const QTransform to_device = painter_.deviceTransform();
    const QRectF exact = to_device.mapRect(toQt(item.box));
    const QPoint top_left(qRound(exact.left()), qRound(exact.top()));
    const QSize size(std::max(1, qRound(exact.right()) - top_left.x()),
                     std::max(1, qRound(exact.bottom()) - top_left.y()));
    const QRectF target = to_device.inverted().mapRect(QRectF(top_left, size));
    constexpr int largest_side = 1024;  // beyond it a copy costs more than the scaling
    const bool kept = std::max(size.width(), size.height()) <= largest_side;
    const QSize own(item.image->width, item.image->height);
    const bool smaller = size.width() < own.width() || size.height() < own.height();
    if (kept || (item.smooth && smaller)) {
      painter_.drawImage(target, images_.scaled(item.image, size, item.smooth));
    } else {
      painter_.drawImage(target, images_.scaled(item.image, own, false));
    }
  }

  QPainter& painter_;
  const PaintOptions& options_;
  ImageCache& images_;
  bool on_pixels_;
  std::array<std::optional<Face>, 16> faces_;  // two a role
};

// What of the drawing lies on the device and inside the painter's clip.
QRectF visiblePart(const QPainter& painter) {
  const QTransform to_drawing = painter.combinedTransform().inverted();
  const QRectF viewport(painter.viewport());
  // A widget counts its size in pixels of the desktop, a picture in its own.
  const bool widget = painter.device()->devType() == QInternal::Widget;
  const qreal ratio = widget ? painter.device()->devicePixelRatioF() : 1;
  const QRectF device =
      to_drawing.mapRect(QRectF(viewport.topLeft() * ratio, viewport.size() * ratio));
  return painter.hasClipping() ? device.intersected(painter.clipBoundingRect()) : device;
}

}  // namespace

void paint(QPainter& painter, const Drawing& drawing, const PaintOptions& options) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::TextAntialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  painter.setRenderHint(QPainter::LosslessImageRendering);
  const QRectF visible = visiblePart(painter);
  if (options.background.alpha != 0) painter.fillRect(visible, toQColor(options.background));
  ImageCache own_images;
  ItemPainter paint_item(painter, options, options.images ? *options.images : own_images);
  for (const DrawingItem& item : drawing.items) {
    if (boundsOf(item, options.fonts.scale).intersects(visible)) std::visit(paint_item, item);
  }
  painter.restore();
}

}  // namespace treegrpo
