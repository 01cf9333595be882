#include "views/config_list_box.h"

#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "views/config_field_row.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_shown = 64;  // items with controls; the text holds all

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString lastPart(const std::string& key) { return qt(key.substr(key.rfind('.') + 1)); }

}  // namespace

ConfigListBox::ConfigListBox(const ConfigList& list, const QHash<QString, QStringList>& suggestions,
                             ConfigDraft& draft, QWidget* parent)
    : QWidget(parent),
      list_(list),
      suggestions_(suggestions),
      draft_(draft),
      grid_(nullptr),
      rows_(nullptr),
      add_(new QToolButton),
      note_(new QLabel) {
  for (const ConfigField& field : config_fields())
    if (field.list == list.key) fields_.push_back(&field);
  setObjectName("config_list." + qt(list.key));
  add_->setObjectName("config_add." + qt(list.key));
  add_->setText(tr("Add an item"));
  add_->setToolTip(tr("One more [[%1]], with the defaults").arg(qt(list.key)));
  add_->setProperty("small", true);
  note_->setProperty("role", "caption");
  note_->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  rebuild(list_.size(&draft_.config()));
  column->addWidget(add_, 0, Qt::AlignLeft);
  column->addWidget(note_);
  connect(add_, &QToolButton::clicked, this, [this] { draft_.addItem(qt(list_.key)); });
  refresh();
}

void ConfigListBox::addHead() {
  for (std::size_t at = 0; at < fields_.size(); ++at) {
    const ConfigField& field = *fields_[at];
    const QString unit = field.unit.empty() ? "" : " (" + qt(field.unit) + ")";
    auto* head = new QLabel(lastPart(field.key) + unit);
    head->setProperty("role", "mono");
    head->setToolTip(qt(field.key) + "\n" + fieldHelp(field));
    grid_->addWidget(head, 0, static_cast<int>(at) + 1);
  }
}

void ConfigListBox::addItem(std::size_t item, int row) {
  const QString number = QString::number(item);
  auto* label = new QLabel(number);
  label->setProperty("role", "secondary");
  grid_->addWidget(label, row, 0);
  for (std::size_t at = 0; at < fields_.size(); ++at) {
    const ConfigField& field = *fields_[at];
    const QString key = qt(list_.key) + "." + number + "." + lastPart(field.key);
    auto* editor = new FieldEditor(field, key, suggestions_.value(qt(field.key)));
    editor->setToolTip(key + "\n" + fieldHelp(field));
    connect(editor, &FieldEditor::edited, this,
            [this](const QString& of, const QString& value) { draft_.setField(of, value); });
    grid_->addWidget(editor, row, static_cast<int>(at) + 1);
    editors_[key] = editor;
  }
  auto* remove = new QToolButton;
  remove->setText(tr("Remove"));
  remove->setObjectName("config_remove." + qt(list_.key) + "." + number);
  remove->setAccessibleName(tr("Remove item %1 of %2").arg(number, qt(list_.key)));
  remove->setProperty("flat", true);
  remove->setProperty("small", true);
  connect(remove, &QToolButton::clicked, this,
          [this, item] { draft_.removeItem(qt(list_.key), static_cast<int>(item)); });
  grid_->addWidget(remove, row, static_cast<int>(fields_.size()) + 1);
  removes_ << remove;
}

// The rows are thrown away later: one of their buttons may be what is being pressed.
void ConfigListBox::rebuild(std::size_t items) {
  if (rows_ != nullptr) {
    rows_->hide();
    rows_->setObjectName({});
    for (FieldEditor* editor : editors_) editor->control()->setObjectName({});
    for (QToolButton* remove : removes_) remove->setObjectName({});
    rows_->deleteLater();
  }
  editors_.clear();
  removes_.clear();
  items_ = items;
  rows_ = new QWidget;
  grid_ = new QGridLayout(rows_);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setVerticalSpacing(3);
  if (items > 0) addHead();
  for (std::size_t item = 0; item < std::min(items, most_shown); ++item)
    addItem(item, static_cast<int>(item) + 1);
  static_cast<QVBoxLayout*>(layout())->insertWidget(0, rows_);
  rows_->setVisible(true);
  if (isAncestorOf(add_)) orderTabs();
}

// Tab goes through the rows, then to the button below them, wherever rows were made anew.
void ConfigListBox::orderTabs() {
  QWidget* before = add_->previousInFocusChain();
  while (!(before->focusPolicy() & Qt::TabFocus) && before != add_)
    before = before->previousInFocusChain();
  const auto then = [&before](QWidget* next) {
    setTabOrder(before, next);
    before = next;
  };
  for (QWidget* part : rows_->findChildren<QWidget*>())
    if ((part->focusPolicy() & Qt::TabFocus) && !part->focusProxy()) then(part);
  then(add_);
}

QString ConfigListBox::problemOf(const QString& key) const {
  if (const auto refused = draft_.refused(key)) return refused->sentence;
  const auto& problem = draft_.problem();
  return problem && problem->keys.contains(key) ? problem->sentence : QString();
}

void ConfigListBox::refresh() {
  const std::size_t items = list_.size(&draft_.config());
  if (items != items_) rebuild(items);
  const QString lock = draft_.lockReason(qt(list_.key) + ".");
  QString wrong = problemOf(qt(list_.key));
  for (std::size_t item = 0; item < std::min(items, most_shown); ++item) {
    for (const ConfigField* field : fields_) {
      const QString key = qt(list_.key) + "." + QString::number(item) + "." + lastPart(field->key);
      FieldEditor* editor = editors_.value(key);
      const auto refused = draft_.refused(key);
      const QString problem = problemOf(key);
      editor->setValue(refused ? refused->value
                               : qt(value_text(field_value(*field, &draft_.config(), item))));
      editor->setMarks(!problem.isEmpty(), false);
      editor->setLocked(!lock.isEmpty());
      if (wrong.isEmpty()) wrong = problem;
    }
  }
  for (QToolButton* remove : removes_) remove->setEnabled(draft_.canRemoveItem(qt(list_.key)));
  add_->setEnabled(lock.isEmpty() && items < list_.most_items);
  QString note = qt(list_.help);
  if (items > most_shown)
    note += ". " + tr("%1 more items stand in the text").arg(items - most_shown);
  if (!lock.isEmpty()) note += "; " + lock;
  note_->setText(wrong.isEmpty() ? note : wrong);
  note_->setProperty("tone", wrong.isEmpty() ? QVariant() : QVariant("error"));
  note_->style()->unpolish(note_);
  note_->style()->polish(note_);
}

bool ConfigListBox::matches(const QString& words) const {
  QString all = qt(list_.key + " " + list_.help);
  for (const ConfigField* field : fields_) all += " " + qt(field->key) + " " + fieldHelp(*field);
  const QStringList wanted = words.split(' ', Qt::SkipEmptyParts);
  return std::all_of(wanted.begin(), wanted.end(), [&all](const QString& word) {
    return all.contains(word, Qt::CaseInsensitive);
  });
}

bool ConfigListBox::isChanged() const {
  const RunConfig defaults;
  const std::size_t items = list_.size(&draft_.config());
  if (items != list_.size(&defaults)) return true;
  for (const ConfigField* field : fields_)
    for (std::size_t item = 0; item < items; ++item)
      if (field_value(*field, &draft_.config(), item) != field_value(*field, &defaults, item))
        return true;
  return false;
}

}  // namespace treegrpo
