#include "views/reward_strip.h"

#include <QPainter>
#include <cmath>
#include <utility>

#include "style/studio_style.h"

namespace treegrpo {

double stripPlace(const RewardStrip& strip, double value, double left, double right) {
  if (!(strip.most > strip.least)) return (left + right) / 2;
  return left + (right - left) * (value - strip.least) / (strip.most - strip.least);
}

RewardStripDelegate::RewardStripDelegate(std::function<RewardStrip(int row)> strip_of,
                                         QObject* parent)
    : QStyledItemDelegate(parent),
      strip_of_(std::move(strip_of)),
      theme_(&theme(ThemeKind::dark)) {}

void RewardStripDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);  // ground, selection, focus, the dash
  const RewardStrip strip = strip_of_(index.data(row_role).toInt());
  if (strip.rewards == nullptr || strip.rewards->empty()) return;
  const bool selected = option.state & QStyle::State_Selected;
  const QColor ink = toQColor(selected ? theme_->selection_text : theme_->text);
  const QRectF box = QRectF(option.rect).adjusted(8, 0, -8, 0);
  const double middle = box.center().y();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(toQColor(selected ? theme_->border : theme_->grid), 1));
  painter->drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle));
  painter->setPen(QPen(toQColor(theme_->text2), 1));
  for (const double reward : *strip.rewards) {
    if (!std::isfinite(reward)) continue;
    const double x = stripPlace(strip, reward, box.left(), box.right());
    painter->drawLine(QPointF(x, middle - 3.5), QPointF(x, middle + 3.5));
  }
  if (std::isfinite(strip.mean)) {
    const double x = stripPlace(strip, strip.mean, box.left(), box.right());
    painter->setPen(QPen(ink, 2));
    painter->drawLine(QPointF(x, middle - 6), QPointF(x, middle + 6));
  }
  painter->restore();
}

QSize RewardStripDelegate::sizeHint(const QStyleOptionViewItem& option,
                                    const QModelIndex& index) const {
  return QStyledItemDelegate::sizeHint(option, index).expandedTo({96, 0});
}

}  // namespace treegrpo
