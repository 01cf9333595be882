// The mark of an advantage's sign, ▲ or ▼ as a shape, for labels and cells of tables.
#pragma once

#include <QPixmap>
#include <QStyledItemDelegate>

#include "style/theme.h"

namespace treegrpo {

// In the colour of the sign; a null pixmap where there is none.
QPixmap signPixmap(double advantage, const Theme& theme, int pixels, double pixel_ratio);

// The colour of a number with a sign; text of the theme where it has none.
Color signTextColor(double advantage, const Theme& theme);

// Paints a cell's number in the colour of its sign with the mark left of it.
class SignDelegate : public QStyledItemDelegate {
 public:
  static constexpr int advantage_role = Qt::UserRole + 2;  // a double; none: a plain cell

  explicit SignDelegate(QObject* parent);

  void setLooks(const Theme& theme) { theme_ = &theme; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

 private:
  const Theme* theme_;
};

}  // namespace treegrpo
