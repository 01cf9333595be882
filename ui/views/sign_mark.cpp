#include "views/sign_mark.h"

#include <QPainter>
#include <cmath>

#include "style/studio_style.h"

namespace treegrpo {
namespace {

double advantageOf(const QModelIndex& index) {
  const QVariant value = index.data(SignDelegate::advantage_role);
  return value.isValid() ? value.toDouble() : std::nan("");
}

bool hasSign(double advantage) { return advantage > 0 || advantage < 0; }

}  // namespace

QPixmap signPixmap(double advantage, const Theme& theme, int pixels, double pixel_ratio) {
  if (!hasSign(advantage)) return {};
  QPixmap pixmap(QSize(pixels, pixels) * pixel_ratio);
  pixmap.setDevicePixelRatio(pixel_ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(signTextColor(advantage, theme)));
  const double tip = advantage > 0 ? .12 : .88, foot = advantage > 0 ? .88 : .12;
  const QPointF corners[] = {{.5, tip}, {1, foot}, {0, foot}};
  painter.scale(pixels, pixels);
  painter.drawPolygon(corners, 3);
  return pixmap;
}

Color signTextColor(double advantage, const Theme& theme) {
  return advantage > 0 ? theme.positive_text : advantage < 0 ? theme.negative_text : theme.text;
}

SignDelegate::SignDelegate(QObject* parent)
    : QStyledItemDelegate(parent), theme_(&theme(ThemeKind::dark)) {}

void SignDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
  QStyledItemDelegate::initStyleOption(option, index);
  const double advantage = advantageOf(index);
  if (hasSign(advantage))
    option->palette.setColor(QPalette::Text, toQColor(signTextColor(advantage, *theme_)));
}

void SignDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  const QPixmap mark =
      signPixmap(advantageOf(index), *theme_, 9, painter->device()->devicePixelRatioF());
  if (mark.isNull()) return;
  const int number = option.fontMetrics.horizontalAdvance(index.data().toString());
  const QRect cell = option.rect;
  painter->drawPixmap(cell.right() - 8 - number - 16, cell.center().y() - 4, mark);
}

QSize SignDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const QSize size = QStyledItemDelegate::sizeHint(option, index);
  return hasSign(advantageOf(index)) ? size + QSize(18, 0) : size;
}

}  // namespace treegrpo
