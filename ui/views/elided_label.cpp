#include "views/elided_label.h"

#include <algorithm>

namespace treegrpo {
namespace {

constexpr int least_letters = 16;

}  // namespace

void ElidedLabel::setWholeText(const QString& text) {
  if (text == whole_) return;
  whole_ = text;
  setAccessibleName(text);
  fit();
  updateGeometry();
}

// With what the style puts around the text, and a pixel more, so that rounding cuts nothing.
QSize ElidedLabel::sizeHint() const {
  const int around = QLabel::sizeHint().width() - fontMetrics().horizontalAdvance(text());
  return {fontMetrics().horizontalAdvance(whole_) + std::max(0, around) + 1,
          QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const {
  const int least = least_letters * fontMetrics().averageCharWidth();
  return {std::min(sizeHint().width(), least), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  fit();
}

void ElidedLabel::fit() {
  setText(fontMetrics().elidedText(whole_, Qt::ElideRight, contentsRect().width()));
}

}  // namespace treegrpo
