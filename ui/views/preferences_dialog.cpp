#include "views/preferences_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <cmath>

namespace treegrpo {

PreferencesDialog::PreferencesDialog(const Preferences& preferences, QWidget* parent)
    : QDialog(parent),
      theme_(new QComboBox),
      device_(new QComboBox),
      zoom_(new QSpinBox),
      threads_(new QSpinBox),
      budget_(new QDoubleSpinBox),
      motion_(new QComboBox) {
  setObjectName("preferences");
  setWindowTitle(tr("Preferences"));
  theme_->addItem(tr("Dark"), static_cast<int>(ThemeKind::dark));
  theme_->addItem(tr("Light"), static_cast<int>(ThemeKind::light));
  theme_->addItem(tr("High contrast"), static_cast<int>(ThemeKind::contrast));
  theme_->setCurrentIndex(theme_->findData(static_cast<int>(preferences.theme)));
  for (const char* name : {"auto", "cpu", "cuda"}) device_->addItem(QLatin1String(name));
  device_->setCurrentText(preferences.device);
  device_->setToolTip(tr("Where new runs compute; auto takes a GPU where there is one"));
  zoom_->setRange(80, 200);
  zoom_->setSingleStep(10);
  zoom_->setSuffix(QStringLiteral(" %"));
  zoom_->setValue(static_cast<int>(std::lround(100 * preferences.zoom)));
  threads_->setRange(0, 1024);
  threads_->setSpecialValueText(tr("all cores"));
  threads_->setValue(preferences.threads);
  threads_->setToolTip(tr("Compute threads of new runs whose config leaves it open"));
  budget_->setRange(0, 10'000);
  budget_->setSpecialValueText(tr("as the config says"));
  budget_->setSuffix(QStringLiteral(" GB"));
  budget_->setValue(preferences.image_budget_gb);
  budget_->setToolTip(tr("Most that the pictures of a new run may take in the workspace file"));
  motion_->addItems({tr("As the desktop says"), tr("Full"), tr("Reduced")});  // as Motion
  motion_->setCurrentIndex(static_cast<int>(preferences.motion));
  motion_->setToolTip(tr("Whether trees grow, zoom and flicker by moving"));

  theme_->setObjectName("preferences_theme");
  device_->setObjectName("preferences_device");
  zoom_->setObjectName("preferences_zoom");
  threads_->setObjectName("preferences_threads");
  budget_->setObjectName("preferences_budget");
  motion_->setObjectName("preferences_motion");

  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(8);
  const auto heading = [form](const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("role", "strong");
    form->addRow(label);
  };
  heading(tr("Looks"));
  form->addRow(tr("&Theme"), theme_);
  form->addRow(tr("Text &size"), zoom_);
  form->addRow(tr("&Motion"), motion_);
  form->addItem(new QSpacerItem(0, 8));
  heading(tr("New runs"));
  form->addRow(tr("&Device"), device_);
  form->addRow(tr("T&hreads"), threads_);
  form->addRow(tr("&Picture budget"), budget_);
  form->addItem(new QSpacerItem(0, 8));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  form->addRow(buttons);
}

Preferences PreferencesDialog::preferences() const {
  Preferences read;
  read.theme = static_cast<ThemeKind>(theme_->currentData().toInt());
  read.zoom = zoom_->value() / 100.;
  read.threads = threads_->value();
  read.device = device_->currentText();
  read.image_budget_gb = budget_->value();
  read.motion = static_cast<Motion>(motion_->currentIndex());
  return read;
}

}  // namespace treegrpo
