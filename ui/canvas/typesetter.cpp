#include "canvas/typesetter.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace treegrpo {
namespace {

constexpr double halo_width = 1.5;  // around letters, at ratio 1
constexpr double margin = 4;        // for the halo and for letters that reach out of their box

void strokeRim(QPainter& painter, QPointF origin, const QFont& font, const QString& text) {
  QPainterPath outlines;
  outlines.addText(origin, font, text);
  painter.strokePath(outlines,
                     QPen(Qt::white, 2 * halo_width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

}  // namespace

const Typesetter::Face& Typesetter::faceOf(TextRole role, bool italic) {
  auto& face = faces_[2 * static_cast<std::size_t>(role) + (italic ? 1 : 0)];
  if (!face) {
    QImage device(1, 1, QImage::Format_ARGB32_Premultiplied);
    device.setDevicePixelRatio(ratio_);
    const QFont font = fontFor(fonts_, role, italic);
    face = Face{font, QFontMetricsF(font, &device)};
  }
  return *face;
}

TextMask Typesetter::set(const TextItem& item, Letters letters) {
  const Face& face = faceOf(item.role, item.italic);
  const QString text = QString::fromStdString(item.text);
  const double advance = face.metrics.horizontalAdvance(text);
  const double baseline = std::ceil((face.metrics.ascent() + margin) * ratio_) / ratio_;
  const double height = baseline + face.metrics.descent() + margin;
  QImage mask(static_cast<int>(std::ceil((advance + 2 * margin) * ratio_)),
              static_cast<int>(std::ceil(height * ratio_)), QImage::Format_ARGB32_Premultiplied);
  mask.setDevicePixelRatio(ratio_);
  mask.fill(Qt::transparent);
  const double left = std::round(margin * ratio_) / ratio_;
  QPainter painter(&mask);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::TextAntialiasing);
  if (letters == Letters::rim) {
    strokeRim(painter, {left, baseline}, face.font, text);
  } else {
    painter.setFont(face.font);
    painter.setPen(Qt::white);
    painter.drawText(QPointF(left, baseline), text);
  }
  painter.end();
  return {.mask = mask.convertToFormat(QImage::Format_RGBA8888),
          .advance = static_cast<float>(advance * ratio_),
          .left = static_cast<float>(left * ratio_),
          .half_way = static_cast<float>((baseline - face.metrics.capHeight() / 2) * ratio_)};
}

}  // namespace treegrpo
