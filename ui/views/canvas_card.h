// A small framed ground for what lies over a canvas: the card of a node, the list of keys.
#pragma once

#include <QFrame>

namespace treegrpo {

// Opaque, in the colours of the application's palette, and never in the pointer's way.
class CanvasCard : public QFrame {
  Q_OBJECT

 public:
  explicit CanvasCard(QWidget* canvas);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace treegrpo
