// The choice of a denoising step for pictures that are compared, with its number: "t 4 of 10".
#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace treegrpo {

class StepSlider : public QWidget {
  Q_OBJECT

 public:
  // `name` becomes the slider's object name, with "Text" after it that of the number's label.
  explicit StepSlider(const QString& name, QWidget* parent = nullptr);

  // Shows a step of 0 to `last`, without a signal.
  void setStep(int step, int last);

 Q_SIGNALS:
  void chosen(int step);

 private:
  QSlider* slider_;
  QLabel* text_;
};

}  // namespace treegrpo
