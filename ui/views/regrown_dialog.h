// What was grown again from a node: its new leaves with their rewards, whose weights they are of,
// and the command that shows them again. They belong to no tree of the run.
#pragma once

#include <QDialog>
#include <QString>

#include "record/regrown.h"

class QGridLayout;

namespace treegrpo {

class RegrownDialog : public QDialog {
  Q_OBJECT

 public:
  // weights: in words, such as "weights after 12 iterations".
  RegrownDialog(const Regrown& regrown, const QString& weights, const QString& command,
                QWidget* parent = nullptr);

 Q_SIGNALS:
  void showAsked();  // on the canvas, in place of the tree

 private:
  void addLeaves(const TreeRecord& record, QGridLayout& grid);
};

}  // namespace treegrpo
