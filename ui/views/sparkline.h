// A cell that shows numbers as a small line, from the values that the model has under a role.
#pragma once

#include <QStyledItemDelegate>

#include "style/color.h"

namespace treegrpo {

class Sparkline : public QStyledItemDelegate {
  Q_OBJECT

 public:
  // role: a QList<double> of finite numbers.
  explicit Sparkline(int role, QObject* parent);

  void setColors(Color line, Color selected);

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  int role_;
  Color line_, selected_;
};

}  // namespace treegrpo
