// Draws images of any prompt: a prompt box, how many, from which noise; the images as they come.
#pragma once

#include <QDialog>
#include <QString>
#include <vector>

#include "record/image.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace treegrpo {

class SampleDialog : public QDialog {
  Q_OBJECT

 public:
  SampleDialog(const QString& prompt, const QString& weights, QWidget* parent = nullptr);

  // While it is busy nothing can be asked; the sentence says what goes on.
  void setBusy(bool busy, const QString& sentence = {});
  bool isBusy() const { return busy_; }
  void setImages(const std::vector<Image>& images);

 Q_SIGNALS:
  void sampleAsked(const QString& prompt, int count, quint64 seed);

 private:
  QLineEdit* prompt_;
  QSpinBox *count_, *seed_;
  QPushButton* draw_;
  QLabel* state_;
  QGridLayout* images_;
  bool busy_ = false;
};

}  // namespace treegrpo
