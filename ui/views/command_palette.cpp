#include "views/command_palette.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

#include "actions.h"

namespace treegrpo {
namespace {

bool hasWords(const QString& text, const QStringList& words) {
  return std::all_of(words.begin(), words.end(), [&text](const QString& word) {
    return text.contains(word, Qt::CaseInsensitive);
  });
}

// Where the words that were typed stand: 0 in the command's text, 1 also in its menu or name, 2
// only with what it does; -1: nowhere.
int rankOf(const QAction& action, const QString& menu, const QString& typed) {
  const QStringList words = typed.split(' ', Qt::SkipEmptyParts);
  QString text = action.text();
  if (hasWords(text, words)) return 0;
  if (hasWords(text += ' ' + menu + ' ' + action.objectName(), words)) return 1;
  return hasWords(text + ' ' + action.statusTip(), words) ? 2 : -1;
}

QString menuOf(const QString& name) {
  for (const ActionRow& row : actionRows())
    if (name == QLatin1String(row.name))
      return QString::fromUtf8(row.menu).replace('|', QStringLiteral(" › "));
  return {};
}

}  // namespace

CommandPalette::CommandPalette(std::span<QAction* const> actions, QWidget* parent)
    : QDialog(parent), actions_(actions), typed_(new QLineEdit), found_(new QTreeWidget) {
  setObjectName("command_palette");
  setWindowTitle(tr("Command palette"));
  resize(640, 440);
  typed_->setObjectName("command_palette_typed");
  typed_->setPlaceholderText(tr("Type a command"));
  typed_->setAccessibleName(tr("Command"));
  typed_->installEventFilter(this);
  found_->setObjectName("command_palette_found");
  found_->setAccessibleName(tr("Commands found"));
  found_->setFocusPolicy(Qt::NoFocus);  // arrows and Return of the field reach it
  found_->setRootIsDecorated(false);
  found_->setUniformRowHeights(true);
  found_->setColumnCount(3);
  found_->setHeaderHidden(true);
  found_->header()->setStretchLastSection(false);
  found_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  found_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(typed_);
  layout->addWidget(found_);
  connect(typed_, &QLineEdit::textChanged, this, &CommandPalette::list);
  connect(typed_, &QLineEdit::returnPressed, this, &CommandPalette::run);
  connect(found_, &QTreeWidget::itemClicked, this, &CommandPalette::run);
  list({});
}

void CommandPalette::list(const QString& typed) {
  std::vector<QTreeWidgetItem*> ranked[3];
  for (QAction* action : actions_) {
    if (!action->isEnabled()) continue;
    const QString name = action->objectName(), menu = menuOf(name);
    const int rank = rankOf(*action, menu, typed);
    if (rank < 0) continue;
    auto* item = new QTreeWidgetItem(
        {action->text(), menu, action->shortcut().toString(QKeySequence::NativeText)});
    item->setData(0, Qt::UserRole, name);
    item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    item->setForeground(1, palette().color(QPalette::PlaceholderText));
    for (int column = 0; column < 3; ++column) item->setToolTip(column, action->statusTip());
    ranked[rank].push_back(item);
  }
  found_->clear();
  for (const auto& items : ranked)
    for (QTreeWidgetItem* item : items) found_->addTopLevelItem(item);
  found_->setCurrentItem(found_->topLevelItem(0));
}

void CommandPalette::run() {
  const QTreeWidgetItem* item = found_->currentItem();
  if (!item) return;
  const QString name = item->data(0, Qt::UserRole).toString();
  accept();
  for (QAction* action : actions_)
    if (action->objectName() == name) return action->trigger();
}

// Arrows move in the list while the field has the keyboard.
bool CommandPalette::eventFilter(QObject* object, QEvent* event) {
  if (object == typed_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int page = std::max(1, found_->height() / std::max(1, found_->sizeHintForRow(0)) - 1);
    const int step = key == Qt::Key_Down       ? 1
                     : key == Qt::Key_Up       ? -1
                     : key == Qt::Key_PageDown ? page
                     : key == Qt::Key_PageUp   ? -page
                                               : 0;
    if (step != 0 && found_->topLevelItemCount() > 0) {
      const int row = found_->indexOfTopLevelItem(found_->currentItem()) + step;
      found_->setCurrentItem(
          found_->topLevelItem(std::clamp(row, 0, found_->topLevelItemCount() - 1)));
      return true;
    }
  }
  return QDialog::eventFilter(object, event);
}

}  // namespace treegrpo
