// A spin box for any number of a config: a 64-bit seed, 2e-05, 27. It shows the number as the
// config writes it, takes any text and leaves it to whoever listens to refuse one.
#pragma once

#include <QAbstractSpinBox>

#include "record/field_table.h"

namespace treegrpo {

class NumberBox : public QAbstractSpinBox {
  Q_OBJECT

 public:
  // field: of kind integer, unsigned_integer or real; outlives the box.
  explicit NumberBox(const ConfigField& field, QWidget* parent = nullptr);

  // Without a signal.
  void setNumber(const QString& text);

  // Integers by 1, reals by a tenth of their size; both stay in the field's range.
  void stepBy(int steps) override;
  QValidator::State validate(QString& text, int& cursor) const override;

 Q_SIGNALS:
  void edited(const QString& text);

 protected:
  StepEnabled stepEnabled() const override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  const ConfigField& field_;
};

}  // namespace treegrpo
