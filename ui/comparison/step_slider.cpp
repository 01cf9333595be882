#include "comparison/step_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

namespace treegrpo {
namespace {

constexpr int most_width = 220;

}  // namespace

StepSlider::StepSlider(const QString& name, QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  auto* label = new QLabel(tr("Step"), this);
  slider_ = new QSlider(Qt::Horizontal, this);
  slider_->setObjectName(name);
  slider_->setAccessibleName(tr("Step of all pictures"));
  slider_->setToolTip(
      tr("Denoising steps done, t, of every picture: 0 is noise, the last one the image. Where "
         "that step is not stored, the nearest one is shown, faint and named."));
  slider_->setMaximumWidth(most_width);
  slider_->setPageStep(1);
  slider_->setTickPosition(QSlider::TicksBelow);
  label->setBuddy(slider_);
  text_ = new QLabel(this);
  text_->setObjectName(name + QStringLiteral("Text"));
  row->addWidget(label);
  row->addWidget(slider_, 1);
  row->addWidget(text_);
  connect(slider_, &QSlider::valueChanged, this, &StepSlider::chosen);
  setStep(0, 0);
}

void StepSlider::setStep(int step, int last) {
  const QSignalBlocker quiet(slider_);
  slider_->setRange(0, last);
  slider_->setValue(step);
  slider_->setEnabled(last > 0);
  text_->setText(tr("t %1 of %2").arg(step).arg(last));
}

}  // namespace treegrpo
