#include "views/field_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStyle>

#include "views/number_box.h"

namespace treegrpo {

FieldEditor::FieldEditor(const ConfigField& field, const QString& key,
                         const QStringList& suggestions, QWidget* parent)
    : QWidget(parent), key_(key) {
  if (field.kind == FieldKind::boolean) {
    makeCheck();
  } else if (field.kind == FieldKind::integer || field.kind == FieldKind::unsigned_integer ||
             field.kind == FieldKind::real) {
    makeNumber(field);
  } else if (field.kind == FieldKind::choice) {
    QStringList choices;
    for (const std::string& choice : field.choices) choices << QString::fromStdString(choice);
    makeChoice(choices, false);
  } else if (!suggestions.isEmpty()) {
    makeChoice(suggestions, true);
  } else {
    makeText();
  }
  control_->setObjectName("config." + key);
  control_->setAccessibleName(key);
  control_->setProperty("small", true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(control_);
  setFocusProxy(control_);
}

void FieldEditor::makeCheck() {
  auto* check = new QCheckBox(tr("on"));
  connect(check, &QCheckBox::toggled, this,
          [this](bool on) { Q_EMIT edited(key_, on ? "true" : "false"); });
  set_ = [check](const QString& value) {
    const QSignalBlocker quiet(check);
    check->setChecked(value == "true");
  };
  control_ = check;
}

void FieldEditor::makeNumber(const ConfigField& field) {
  auto* box = new NumberBox(field);
  connect(box, &NumberBox::edited, this,
          [this](const QString& text) { Q_EMIT edited(key_, text); });
  set_ = [box, &field](const QString& value) {
    const FieldValue shown = value_from_text(field, box->text().toStdString());
    const bool same = shown == value_from_text(field, value.toStdString());
    if (!same) box->setNumber(value);  // 1e-5 and 1e-05 are the same
  };
  control_ = box;
}

void FieldEditor::makeChoice(const QStringList& choices, bool editable) {
  auto* combo = new QComboBox;
  combo->setEditable(editable);
  combo->setInsertPolicy(QComboBox::NoInsert);
  combo->setFocusPolicy(Qt::StrongFocus);
  combo->installEventFilter(this);
  combo->addItems(choices);
  connect(combo, &QComboBox::currentTextChanged, this,
          [this](const QString& text) { Q_EMIT edited(key_, text); });
  set_ = [combo](const QString& value) {
    const QSignalBlocker quiet(combo);
    if (combo->currentText() != value) combo->setCurrentText(value);
  };
  control_ = combo;
}

void FieldEditor::makeText() {
  auto* line = new QLineEdit;
  connect(line, &QLineEdit::textEdited, this,
          [this](const QString& text) { Q_EMIT edited(key_, text); });
  set_ = [line](const QString& value) {
    if (line->text() != value) line->setText(value);
  };
  control_ = line;
}

void FieldEditor::setValue(const QString& value) { set_(value); }

void FieldEditor::setMarks(bool invalid, bool staged) {
  if (control_->property("invalid").toBool() == invalid &&
      control_->property("staged").toBool() == staged)
    return;
  control_->setProperty("invalid", invalid);
  control_->setProperty("staged", staged);
  control_->style()->unpolish(control_);
  control_->style()->polish(control_);
}

void FieldEditor::setLocked(bool locked) { control_->setEnabled(!locked); }

// Turning the wheel over a form scrolls it, unless the user is in the field.
bool FieldEditor::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::Wheel || control_->hasFocus()) return false;
  event->ignore();
  return watched == control_;
}

}  // namespace treegrpo
