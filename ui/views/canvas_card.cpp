#include "views/canvas_card.h"

#include <QPainter>

namespace treegrpo {

CanvasCard::CanvasCard(QWidget* canvas) : QFrame(canvas) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void CanvasCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), palette().base());
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace treegrpo
