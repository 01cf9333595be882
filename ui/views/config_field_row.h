// One field of a config in a form: name, control, unit, what it means, its default, and a way back
// to it.
#pragma once

#include <QLabel>
#include <QToolButton>

#include "record/field_table.h"
#include "views/field_editor.h"

namespace treegrpo {

// What a row shows of its field.
struct FieldShown {
  QString value;
  QString problem;       // a sentence about the value; empty: none
  QString lock;          // why it cannot be edited; empty: it can
  bool changed = false;  // from its default
  bool staged = false;   // from what a running run has
};

class ConfigFieldRow : public QWidget {
  Q_OBJECT

 public:
  // field outlives the row.
  ConfigFieldRow(const ConfigField& field, const QStringList& suggestions,
                 QWidget* parent = nullptr);

  void setShown(const FieldShown& shown);
  // Whether key, help, unit or choices hold every word.
  bool matches(const QString& words) const;
  bool isChanged() const { return changed_; }
  const ConfigField& field() const { return field_; }

 Q_SIGNALS:
  void edited(const QString& key, const QString& value);
  void resetAsked(const QString& key);

 private:
  void layOut();

  const ConfigField& field_;
  QString key_, help_;
  bool changed_ = false;
  QLabel *mark_, *name_, *unit_, *note_;
  FieldEditor* editor_;
  QToolButton* reset_;
};

// "what it is; from 1 to 1000; default 10": what a tooltip and the line below a field say.
QString fieldHelp(const ConfigField& field);

}  // namespace treegrpo
