// A cell that shows the rewards of a prompt as ticks on a scale, the mean as a longer one.
#pragma once

#include <QStyledItemDelegate>
#include <functional>
#include <vector>

#include "style/theme.h"

namespace treegrpo {

struct RewardStrip {
  const std::vector<double>* rewards = nullptr;
  double mean = 0;
  double least = 0, most = 1;  // of the scale, the same in all rows
};

// Where a value stands in a strip from `left` to `right`; in the middle if the scale has no width.
double stripPlace(const RewardStrip& strip, double value, double left, double right);

class RewardStripDelegate : public QStyledItemDelegate {
 public:
  static constexpr int row_role = Qt::UserRole + 1;  // the row's number in the model

  RewardStripDelegate(std::function<RewardStrip(int row)> strip_of, QObject* parent);

  void setLooks(const Theme& theme) { theme_ = &theme; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  std::function<RewardStrip(int row)> strip_of_;
  const Theme* theme_;
};

}  // namespace treegrpo
