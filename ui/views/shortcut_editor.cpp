#include "views/shortcut_editor.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "actions.h"

namespace treegrpo {
namespace {

enum Column { command_column, keys_column, standard_column };

QPushButton* button(const QString& text, const char* name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(QLatin1String(name));
  made->setAutoDefault(false);
  made->setToolTip(tip);
  return made;
}

QString commandText(const ActionRow& row) {
  const QString menu = QString::fromUtf8(row.menu).replace('|', QStringLiteral(" › "));
  return menu + QStringLiteral(" › ") + QString::fromUtf8(row.text);
}

}  // namespace

ShortcutEditor::ShortcutEditor(KeyChoice choice, QWidget* parent)
    : QDialog(parent),
      choice_(std::move(choice)),
      typed_(new QLineEdit),
      rows_(new QTreeWidget),
      key_(new QKeySequenceEdit),
      said_(new QLabel) {
  setObjectName("shortcut_editor");
  setWindowTitle(tr("Change shortcuts"));
  resize(720, 560);
  build();
  for (const ActionRow& row : actionRows()) {
    auto* item = new QTreeWidgetItem({commandText(row)});
    item->setData(command_column, Qt::UserRole, QString::fromUtf8(row.name));
    item->setText(standard_column, keyText(standardKeys(row)));
    for (int column = 0; column < 3; ++column)
      item->setToolTip(column, QString::fromUtf8(row.tooltip));
    rows_->addTopLevelItem(item);
  }
  addFixed();
  list();
  connect(typed_, &QLineEdit::textChanged, this, &ShortcutEditor::search);
  connect(rows_, &QTreeWidget::currentItemChanged, this, &ShortcutEditor::showCurrent);
  connect(key_, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutEditor::look);
  connect(give_, &QPushButton::clicked, this, &ShortcutEditor::give);
  connect(remove_, &QPushButton::clicked, this, [this] { set(withKeys(choice_, current(), {})); });
  connect(reset_, &QPushButton::clicked, this,
          [this] { set(withStandardKeys(choice_, current())); });
  connect(reset_all_, &QPushButton::clicked, this, [this] { set({}); });
  rows_->setCurrentItem(rows_->topLevelItem(0));
  typed_->setFocus();
}

void ShortcutEditor::build() {
  typed_->setObjectName("shortcut_search");
  typed_->setPlaceholderText(tr("Search by word or key"));
  typed_->setAccessibleName(tr("Search by word or key"));
  rows_->setObjectName("shortcut_rows");
  rows_->setAccessibleName(tr("Commands and their keys"));
  rows_->setRootIsDecorated(false);
  rows_->setUniformRowHeights(true);
  rows_->setHeaderLabels({tr("Command"), tr("Keys"), tr("Keys at first")});
  rows_->header()->setStretchLastSection(false);
  rows_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  rows_->header()->setSectionResizeMode(command_column, QHeaderView::Stretch);
  rows_->setTabKeyNavigation(false);
  key_->setObjectName("shortcut_key");
  key_->installEventFilter(this);
  key_->setAccessibleName(tr("New key of the command"));
  said_->setObjectName("shortcut_said");
  said_->setWordWrap(true);
  said_->setProperty("role", "secondary");
  give_ = button(tr("&Give"), "shortcut_give", tr("Gives the command this key instead of its own"));
  remove_ = button(tr("&No key"), "shortcut_remove", tr("Leaves the command without a key"));
  reset_ = button(tr("&Reset"), "shortcut_reset", tr("Gives the command the keys it had at first"));
  reset_all_ =
      button(tr("Reset &all"), "shortcut_reset_all", tr("Gives all commands their keys at first"));
  auto* label = new QLabel(tr("New &key"));
  label->setBuddy(key_);
  auto* edits = new QHBoxLayout;
  edits->setSpacing(8);
  edits->addWidget(label);
  edits->addWidget(key_, 1);
  for (QPushButton* one : {give_, remove_, reset_, reset_all_}) edits->addWidget(one);
  auto* answers = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  connect(answers, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(answers, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(typed_);
  column->addWidget(rows_, 1);
  column->addLayout(edits);
  column->addWidget(said_);
  column->addWidget(answers);
}

void ShortcutEditor::addFixed() {
  for (const FixedKey& one : fixedKeys()) {
    auto* item = new QTreeWidgetItem(
        {QString::fromUtf8(one.where) + QStringLiteral(" › ") + QString::fromUtf8(one.text),
         QString::fromUtf8(one.shown), tr("fixed")});
    item->setForeground(standard_column, palette().color(QPalette::PlaceholderText));
    rows_->addTopLevelItem(item);
  }
}

void ShortcutEditor::list() {
  const auto rows = actionRows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    QTreeWidgetItem* item = rows_->topLevelItem(static_cast<int>(i));
    item->setText(keys_column, keyText(keysOf(rows[i], choice_)));
    QFont font = rows_->font();
    font.setBold(choice_.contains(QString::fromUtf8(rows[i].name)));
    item->setFont(keys_column, font);
  }
  reset_all_->setEnabled(!choice_.empty());
}

void ShortcutEditor::search(const QString& typed) {
  const QStringList words = typed.split(' ', Qt::SkipEmptyParts);
  QTreeWidgetItem* first = nullptr;
  for (int at = 0; at < rows_->topLevelItemCount(); ++at) {
    QTreeWidgetItem* item = rows_->topLevelItem(at);
    const QString text = item->text(command_column) + ' ' + item->text(keys_column) + ' ' +
                         item->toolTip(command_column);
    const bool found = std::ranges::all_of(
        words, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    item->setHidden(!found);
    if (found && !first) first = item;
  }
  rows_->setCurrentItem(first);
}

QString ShortcutEditor::current() const {
  const QTreeWidgetItem* item = rows_->currentItem();
  return item ? item->data(command_column, Qt::UserRole).toString() : QString();
}

void ShortcutEditor::showCurrent() {
  key_->clear();
  look();
}

// The field tells of its keys a second late, for another one might follow.
bool ShortcutEditor::eventFilter(QObject* object, QEvent* event) {
  if (object == key_ && event->type() == QEvent::KeyPress)
    QMetaObject::invokeMethod(this, &ShortcutEditor::look, Qt::QueuedConnection);
  return QDialog::eventFilter(object, event);
}

void ShortcutEditor::look() {
  const QString action = current();
  const QTreeWidgetItem* item = rows_->currentItem();
  key_->setEnabled(!action.isEmpty());
  remove_->setEnabled(!action.isEmpty() && !item->text(keys_column).isEmpty());
  reset_->setEnabled(choice_.contains(action));
  const Answer answer = !item ? Answer{tr("No command is found. Search for another word.")}
                        : action.isEmpty()
                            ? Answer{tr("This key is fixed: the view uses it by itself.")}
                            : answerTo(item->text(command_column));
  said_->setText(answer.words);
  give_->setText(answer.clashes ? tr("&Take it over") : tr("&Give"));
  give_->setEnabled(answer.free || answer.clashes);  // once: it may have the keyboard
}

ShortcutEditor::Answer ShortcutEditor::answerTo(const QString& command) const {
  const QKeySequence key = key_->keySequence();
  if (key.isEmpty()) return {tr("Press the new key of '%1' in the field.").arg(command)};
  const QString shown = key.toString(QKeySequence::NativeText);
  QStringList whose;
  for (const KeyOwner& owner : ownersOf(key, choice_, current())) {
    if (owner.name.isEmpty())
      return {
          tr("%1 is fixed (%2) and cannot be given. Choose another key.").arg(shown, owner.text)};
    whose << QStringLiteral("'%1'").arg(owner.text);
  }
  if (whose.isEmpty()) return {.words = tr("%1 is free.").arg(shown), .free = true};
  return {.words = tr("%1 clashes with the key of %2, which would lose it.")
                       .arg(shown, whose.join(tr(" and "))),
          .clashes = true};
}

void ShortcutEditor::give() { set(withKeys(choice_, current(), {key_->keySequence()})); }

void ShortcutEditor::set(const KeyChoice& choice) {
  choice_ = choice;
  list();
  showCurrent();
}

}  // namespace treegrpo
