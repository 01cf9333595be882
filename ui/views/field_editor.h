// The control of one config field by its kind: number, choice, check box, text or list. It shows
// and gives values as text, as --set takes them.
#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>

#include "record/field_table.h"

namespace treegrpo {

class FieldEditor : public QWidget {
  Q_OBJECT

 public:
  // key names the item of a list by number; suggestions: known words for a text.
  FieldEditor(const ConfigField& field, const QString& key, const QStringList& suggestions,
              QWidget* parent = nullptr);

  // Without a signal; what the user is writing stays where it means the same.
  void setValue(const QString& value);
  void setMarks(bool invalid, bool staged);
  void setLocked(bool locked);
  QWidget* control() { return control_; }  // for a label's access key

 Q_SIGNALS:
  void edited(const QString& key, const QString& value);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeCheck();
  void makeNumber(const ConfigField& field);
  void makeChoice(const QStringList& choices, bool editable);
  void makeText();

  QString key_;
  QWidget* control_ = nullptr;
  std::function<void(const QString&)> set_;
};

}  // namespace treegrpo
