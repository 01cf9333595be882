#include "views/sparkline.h"

#include <QPainter>
#include <algorithm>

#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr double margin = 5, width = 96;  // px

// From left to right, the least at the bottom; one value or equal ones lie in the middle.
QPolygonF lineIn(const QRectF& box, const QList<double>& values) {
  const auto [least, most] = std::ranges::minmax(values);
  QPolygonF line;
  for (qsizetype i = 0; i < values.size(); ++i) {
    const auto last = static_cast<double>(values.size() - 1);
    const double along = last > 0 ? static_cast<double>(i) / last : .5;
    const double height = most > least ? (values[i] - least) / (most - least) : .5;
    line << QPointF(box.left() + along * box.width(), box.bottom() - height * box.height());
  }
  return line;
}

}  // namespace

Sparkline::Sparkline(int role, QObject* parent) : QStyledItemDelegate(parent), role_(role) {}

void Sparkline::setColors(Color line, Color selected) {
  line_ = line;
  selected_ = selected;
}

void Sparkline::paint(QPainter* painter, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  const auto values = index.data(role_).value<QList<double>>();
  if (values.isEmpty()) return;
  const QPolygonF line =
      lineIn(QRectF(option.rect).adjusted(margin, margin, -margin, -margin), values);
  const QColor color = toQColor(option.state & QStyle::State_Selected ? selected_ : line_);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(color, 1.5));
  painter->drawPolyline(line);
  painter->setPen(Qt::NoPen);
  painter->setBrush(color);
  painter->drawEllipse(line.back(), 2, 2);
  painter->restore();
}

QSize Sparkline::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  return {static_cast<int>(width), QStyledItemDelegate::sizeHint(option, index).height()};
}

}  // namespace treegrpo
