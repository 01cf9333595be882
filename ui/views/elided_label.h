// One line of text that may be cut at its end where there is no room, with "…"; all of it is its
// accessible name.
#pragma once

#include <QLabel>

namespace treegrpo {

class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  using QLabel::QLabel;

  void setWholeText(const QString& text);

  QSize sizeHint() const override;         // of all of it
  QSize minimumSizeHint() const override;  // of its first words

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  QString whole_;
};

}  // namespace treegrpo
