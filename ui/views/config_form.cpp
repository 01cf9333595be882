#include "views/config_form.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace treegrpo {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

ConfigForm::ConfigForm(ConfigDraft& draft, QHash<QString, QStringList> suggestions, QWidget* parent)
    : QWidget(parent),
      draft_(draft),
      suggestions_(std::move(suggestions)),
      search_(new QLineEdit),
      changed_only_(new QCheckBox(tr("&Changed only"))),
      none_(new QLabel(tr("No field has these words in its key or help."))) {
  search_->setObjectName("config_search");
  search_->setPlaceholderText(tr("Search keys and help"));
  search_->setAccessibleName(tr("Search keys and help"));
  search_->setClearButtonEnabled(true);
  changed_only_->setObjectName("config_changed_only");
  changed_only_->setToolTip(tr("Only fields that differ from their defaults"));
  none_->setProperty("role", "secondary");
  none_->hide();
  auto* bar = new QHBoxLayout;
  bar->addWidget(search_, 1);
  bar->addWidget(changed_only_);
  auto* inner = new QWidget;
  inner->setProperty("panel", true);
  auto* fields = new QVBoxLayout(inner);
  fields->setContentsMargins(10, 4, 10, 10);
  fields->setSpacing(0);
  fields->addWidget(none_);
  build(fields);
  fields->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setObjectName("config_scroll");
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(inner);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 8, 0);
  column->addLayout(bar);
  column->addWidget(scroll, 1);
  connect(search_, &QLineEdit::textChanged, this, &ConfigForm::filter);
  connect(changed_only_, &QCheckBox::toggled, this, &ConfigForm::filter);
  connect(&draft_, &ConfigDraft::changed, this, &ConfigForm::refresh);
  refresh();
}

ConfigForm::Section& ConfigForm::section(const QString& name, QVBoxLayout* column) {
  if (sections_.isEmpty() || sections_.last().head->text() != name) {
    auto* head = new QLabel(name);
    head->setProperty("role", "heading");
    head->setContentsMargins(0, 12, 0, 2);
    column->addWidget(head);
    sections_.append(Section{head, {}, {}});
  }
  return sections_.last();
}

void ConfigForm::build(QVBoxLayout* column) {
  std::string last_list;
  for (const ConfigField& field : config_fields()) {
    const QString name = qt(field.key.substr(0, field.key.find('.')));
    if (!field.list.empty()) {
      if (field.list == last_list) continue;
      last_list = field.list;
      Section& owner = section(name, column);
      auto* box = new ConfigListBox(*configList(qt(field.list)), suggestions_, draft_);
      owner.lists << box;
      column->addWidget(box);
      continue;
    }
    Section& owner = section(name, column);
    auto* row = new ConfigFieldRow(field, suggestions_.value(qt(field.key)));
    connect(row, &ConfigFieldRow::edited, &draft_, &ConfigDraft::setField);
    connect(row, &ConfigFieldRow::resetAsked, &draft_, &ConfigDraft::resetField);
    owner.rows << row;
    column->addWidget(row);
  }
}

void ConfigForm::refresh() {
  for (const Section& section : sections_) {
    for (ConfigFieldRow* row : section.rows) {
      const ConfigField& field = row->field();
      const QString key = qt(field.key);
      const FieldValue value = field_value(field, &draft_.config());
      const auto refused = draft_.refused(key);
      const auto& problem = draft_.problem();
      FieldShown shown{refused ? refused->value : qt(value_text(value)),
                       {},
                       draft_.lockReason(key),
                       value != default_value(field),
                       draft_.isRunning() && value != field_value(field, &draft_.origin())};
      if (refused) shown.problem = refused->sentence;
      if (!refused && problem && problem->keys.contains(key)) shown.problem = problem->sentence;
      row->setShown(shown);
    }
    for (ConfigListBox* list : section.lists) list->refresh();
  }
  if (changed_only_->isChecked()) filter();
}

void ConfigForm::filter() {
  const QString words = search_->text();
  const bool changed = changed_only_->isChecked();
  bool any = false;
  for (const Section& section : sections_) {
    bool shown = false;
    const auto show = [&](auto* part) {
      const bool visible = part->matches(words) && (!changed || part->isChanged());
      part->setVisible(visible);
      shown = shown || visible;
    };
    for (ConfigFieldRow* row : section.rows) show(row);
    for (ConfigListBox* list : section.lists) show(list);
    section.head->setVisible(shown);
    any = any || shown;
  }
  none_->setVisible(!any);
}

void ConfigForm::goToField(const QString& key) {
  auto* control = findChild<QWidget*>("config." + key);
  if (control == nullptr) control = findChild<QWidget*>("config_add." + key);
  if (control == nullptr) return;
  control->setFocus();
  findChild<QScrollArea*>("config_scroll")->ensureWidgetVisible(control);
}

}  // namespace treegrpo
