#include "views/number_box.h"

#include <QLineEdit>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace treegrpo {
namespace {

// A tenth of the power of ten below the number, so that 2e-05 goes to 2.1e-05.
double stepOf(double value) {
  return value == 0 ? .1 : std::pow(10., std::floor(std::log10(std::abs(value))) - 1);
}

FieldValue stepped(const FieldValue& value, int steps) {
  if (const auto* natural = std::get_if<std::uint64_t>(&value)) {
    const auto size = static_cast<std::uint64_t>(std::abs(steps));
    if (steps < 0) return *natural - std::min(*natural, size);
    return *natural + std::min(size, std::numeric_limits<std::uint64_t>::max() - *natural);
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer + steps;
  const double real = std::get<double>(value);
  return QString::number(real + steps * stepOf(real), 'g', 12).toDouble();
}

}  // namespace

NumberBox::NumberBox(const ConfigField& field, QWidget* parent)
    : QAbstractSpinBox(parent), field_(field) {
  setFocusPolicy(Qt::StrongFocus);
  connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::edited);
}

void NumberBox::setNumber(const QString& text) {
  if (lineEdit()->text() != text) lineEdit()->setText(text);
}

void NumberBox::stepBy(int steps) {
  const FieldValue value = value_from_text(field_, text().toStdString());
  if (std::holds_alternative<std::string>(value)) return;
  const FieldValue next = stepped(value, steps);
  if (value_problem(field_, next, field_.key)) return;
  setNumber(QString::fromStdString(value_text(next)));
  Q_EMIT edited(text());
}

QValidator::State NumberBox::validate(QString&, int&) const { return QValidator::Acceptable; }

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
  return isReadOnly() ? StepNone : StepUpEnabled | StepDownEnabled;
}

// Turning the wheel over a form scrolls it; a number changes only where the user is.
void NumberBox::wheelEvent(QWheelEvent* event) {
  if (hasFocus()) return QAbstractSpinBox::wheelEvent(event);
  event->ignore();
}

}  // namespace treegrpo
