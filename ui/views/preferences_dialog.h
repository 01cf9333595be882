// The dialog of the preferences: takes them, gives them back.
#pragma once

#include <QDialog>

#include "preferences.h"

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace treegrpo {

class PreferencesDialog : public QDialog {
  Q_OBJECT

 public:
  explicit PreferencesDialog(const Preferences& preferences, QWidget* parent = nullptr);

  Preferences preferences() const;  // as the fields stand

 private:
  QComboBox *theme_, *device_;
  QSpinBox *zoom_, *threads_;
  QDoubleSpinBox* budget_;
  QComboBox* motion_;
};

}  // namespace treegrpo
