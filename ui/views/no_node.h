// What the inspector shows while no node is selected: what to do, and the keys that walk a tree.
#pragma once

#include <QLabel>
#include <QWidget>

#include "style/theme.h"

namespace treegrpo {

class NoNode : public QWidget {
 public:
  explicit NoNode(QWidget* parent = nullptr);
  void setLooks(const Theme& theme);

 private:
  QLabel* icon_;
};

}  // namespace treegrpo
