#include "views/config_field_row.h"

#include <QGridLayout>
#include <QStyle>
#include <algorithm>

#include "record/config_fields.h"

namespace treegrpo {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString lastPart(const std::string& key) { return qt(key.substr(key.rfind('.') + 1)); }

void setLook(QLabel* label, const char* property, const QVariant& value) {
  if (label->property(property) == value) return;
  label->setProperty(property, value);
  label->style()->unpolish(label);
  label->style()->polish(label);
}

}  // namespace

QString fieldHelp(const ConfigField& field) {
  QStringList parts{qt(field.help)};
  const QString bounds = qt(field_bounds_text(field));
  if (!bounds.isEmpty() && field.kind != FieldKind::choice) parts << bounds;
  const QString preset = qt(value_text(default_value(field)));
  parts << QObject::tr("default %1").arg(preset.isEmpty() ? QObject::tr("empty") : preset);
  return parts.join("; ");
}

ConfigFieldRow::ConfigFieldRow(const ConfigField& field, const QStringList& suggestions,
                               QWidget* parent)
    : QWidget(parent),
      field_(field),
      key_(qt(field.key)),
      help_(fieldHelp(field)),
      mark_(new QLabel),
      name_(new QLabel(lastPart(field.key))),
      unit_(new QLabel(qt(field.unit))),
      note_(new QLabel(help_)),
      editor_(new FieldEditor(field, key_, suggestions)),
      reset_(new QToolButton) {
  setObjectName("config_row." + key_);
  name_->setProperty("role", "mono");
  unit_->setProperty("role", "secondary");
  note_->setProperty("role", "caption");
  note_->setWordWrap(true);
  reset_->setText(tr("Reset"));
  reset_->setObjectName("config_reset." + key_);
  reset_->setAccessibleName(tr("Reset %1 to its default").arg(key_));
  reset_->setProperty("flat", true);
  reset_->setProperty("small", true);
  editor_->control()->setAccessibleDescription(help_);
  setToolTip(QString("%1\n%2\n%3").arg(key_, qt(field_range_text(field)), help_));
  layOut();
  connect(editor_, &FieldEditor::edited, this, &ConfigFieldRow::edited);
  connect(reset_, &QToolButton::clicked, this, [this] { Q_EMIT resetAsked(key_); });
}

void ConfigFieldRow::layOut() {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 3, 0, 3);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(1);
  const int em = fontMetrics().horizontalAdvance('m');
  mark_->setFixedWidth(em);
  name_->setMinimumWidth(15 * em);
  editor_->setMinimumWidth(16 * em);
  editor_->setMaximumWidth(24 * em);
  unit_->setMinimumWidth(6 * em);
  QSizePolicy keeps = reset_->sizePolicy();
  keeps.setRetainSizeWhenHidden(true);
  reset_->setSizePolicy(keeps);
  grid->addWidget(mark_, 0, 0);
  grid->addWidget(name_, 0, 1);
  grid->addWidget(editor_, 0, 2);
  grid->addWidget(unit_, 0, 3);
  grid->addWidget(reset_, 0, 4);
  grid->addWidget(note_, 1, 1, 1, 4);
  grid->setColumnStretch(2, 1);
}

void ConfigFieldRow::setShown(const FieldShown& shown) {
  editor_->setValue(shown.value);
  editor_->setMarks(!shown.problem.isEmpty(), shown.staged);
  editor_->setLocked(!shown.lock.isEmpty());
  changed_ = shown.changed;
  mark_->setText(shown.staged ? "+" : shown.changed ? "•" : "");
  mark_->setToolTip(shown.staged    ? tr("Differs from what the run has")
                    : shown.changed ? tr("Differs from its default")
                                    : QString());
  reset_->setVisible(shown.changed && shown.lock.isEmpty());
  const bool wrong = !shown.problem.isEmpty();
  note_->setText(wrong ? shown.problem : shown.lock.isEmpty() ? help_ : help_ + "; " + shown.lock);
  setLook(note_, "tone", wrong ? QVariant("error") : QVariant());
}

bool ConfigFieldRow::matches(const QString& words) const {
  QString all = key_ + ' ' + help_ + ' ' + qt(field_.unit);
  for (const std::string& choice : field_.choices) all += ' ' + qt(choice);
  const QStringList wanted = words.split(' ', Qt::SkipEmptyParts);
  return std::all_of(wanted.begin(), wanted.end(), [&all](const QString& word) {
    return all.contains(word, Qt::CaseInsensitive);
  });
}

}  // namespace treegrpo
