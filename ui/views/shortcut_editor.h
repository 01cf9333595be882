// The dialog that gives actions other keys: all actions with their keys, searched by word or key;
// a key that another action has is named with it and can be taken over. Keys that views use by
// themselves stand below as fixed.
#pragma once

#include <QDialog>

#include "action_keys.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace treegrpo {

class ShortcutEditor : public QDialog {
  Q_OBJECT

 public:
  explicit ShortcutEditor(KeyChoice choice, QWidget* parent = nullptr);

  const KeyChoice& choice() const { return choice_; }  // as edited

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  struct Answer {  // to the key in the field
    QString words;
    bool free = false, clashes = false;
  };

  void build();
  void addFixed();
  void list();  // all keys anew, after an edit
  void search(const QString& typed);
  void showCurrent();  // the keys of the row in the field
  void look();         // at the key in the field: free, or whose
  Answer answerTo(const QString& command) const;
  void give();  // it to the action
  void set(const KeyChoice& choice);
  QString current() const;  // name of the action; empty: a fixed row, or none

  KeyChoice choice_;
  QLineEdit* typed_;
  QTreeWidget* rows_;
  QKeySequenceEdit* key_;
  QLabel* said_;
  QPushButton *give_, *remove_, *reset_, *reset_all_;
};

}  // namespace treegrpo
