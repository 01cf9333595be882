#include "views/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace treegrpo {
namespace {

// Whether all words of what was typed stand in it.
bool fits(const QAction& action, const QString& typed) {
  const QString text = action.text() + ' ' + action.objectName() + ' ' + action.statusTip();
  for (const QString& word : typed.split(' ', Qt::SkipEmptyParts))
    if (!text.contains(word, Qt::CaseInsensitive)) return false;
  return true;
}

}  // namespace

CommandPalette::CommandPalette(std::span<QAction* const> actions, QWidget* parent)
    : QDialog(parent), actions_(actions), typed_(new QLineEdit), found_(new QListWidget) {
  setObjectName("command_palette");
  setWindowTitle(tr("Command palette"));
  resize(560, 420);
  typed_->setObjectName("command_palette_typed");
  typed_->setPlaceholderText(tr("Type a command"));
  typed_->installEventFilter(this);
  found_->setObjectName("command_palette_found");
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(typed_);
  layout->addWidget(found_);
  connect(typed_, &QLineEdit::textChanged, this, &CommandPalette::list);
  connect(typed_, &QLineEdit::returnPressed, this, &CommandPalette::run);
  connect(found_, &QListWidget::itemActivated, this, &CommandPalette::run);
  list({});
}

void CommandPalette::list(const QString& typed) {
  found_->clear();
  for (QAction* action : actions_) {
    if (!action->isEnabled() || !fits(*action, typed)) continue;
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    auto* item = new QListWidgetItem(
        keys.isEmpty() ? action->text() : QStringLiteral("%1\t%2").arg(action->text(), keys),
        found_);
    item->setData(Qt::UserRole, action->objectName());
    item->setToolTip(action->statusTip());
  }
  found_->setCurrentRow(0);
}

void CommandPalette::run() {
  const QListWidgetItem* item = found_->currentItem();
  if (!item) return;
  const QString name = item->data(Qt::UserRole).toString();
  accept();
  for (QAction* action : actions_)
    if (action->objectName() == name) return action->trigger();
}

// Arrows move in the list while the field has the keyboard.
bool CommandPalette::eventFilter(QObject* object, QEvent* event) {
  if (object == typed_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step != 0) {
      found_->setCurrentRow(qBound(0, found_->currentRow() + step, found_->count() - 1));
      return true;
    }
  }
  return QDialog::eventFilter(object, event);
}

}  // namespace treegrpo
