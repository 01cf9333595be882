// The ledger of an advantage as widgets: a label and its values a row, each value a link to its
// node.
#pragma once

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QWidget>
#include <cstdint>
#include <vector>

#include "style/theme.h"
#include "views/credit_ledger.h"

namespace treegrpo {

// The values and words of a row as rich text: <a href="7">…</a> for a value of node 7.
QString ledgerHtml(const LedgerRow& row, const Theme& theme);

class LedgerView : public QWidget {
  Q_OBJECT

 public:
  explicit LedgerView(QWidget* parent = nullptr);

  void setRows(const std::vector<LedgerRow>& rows, const Theme& theme);

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);

 private:
  // Labels stay and get other texts: one may be in the middle of its own signal.
  struct Line {
    QFrame* rule;
    QLabel* label;
    QLabel* values;
  };
  void addLine();

  std::vector<Line> lines_;
  QGridLayout* grid_;
};

}  // namespace treegrpo
