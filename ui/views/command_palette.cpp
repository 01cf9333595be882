#include "views/command_palette.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "action_reasons.h"
#include "actions.h"
#include "views/command_match.h"

namespace treegrpo {
namespace {

constexpr const char* recent_key = "palette/recent";
constexpr int most_recent = 12;

QStringList recentCommands() { return QSettings().value(recent_key).toStringList(); }

void rememberCommand(const QString& name) {
  QStringList names = recentCommands();
  names.removeAll(name);
  names.prepend(name);
  QSettings().setValue(recent_key, names.mid(0, most_recent));
}

QString menuOf(const QString& name) {
  for (const ActionRow& row : actionRows())
    if (name == QLatin1String(row.name))
      return QString::fromUtf8(row.menu).replace('|', QStringLiteral(" › "));
  return {};
}

}  // namespace

CommandPalette::CommandPalette(std::span<QAction* const> actions, QWidget* parent)
    : QDialog(parent),
      actions_(actions),
      typed_(new QLineEdit),
      found_(new QTreeWidget),
      said_(new QLabel) {
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
  said_->setObjectName("command_palette_said");
  said_->setWordWrap(true);
  said_->setProperty("role", "secondary");
  layout->addWidget(said_);
  connect(typed_, &QLineEdit::textChanged, this, &CommandPalette::list);
  connect(typed_, &QLineEdit::returnPressed, this, &CommandPalette::run);
  connect(found_, &QTreeWidget::itemClicked, this, &CommandPalette::run);
  connect(found_, &QTreeWidget::currentItemChanged, this, &CommandPalette::tell);
  list({});
}

// The nearest to what was typed first; of those as near what can be used now, then what was used
// last.
void CommandPalette::list(const QString& typed) {
  using Order = std::tuple<CommandRank, bool, qsizetype>;
  std::vector<std::pair<Order, QTreeWidgetItem*>> found;
  const QStringList recent = recentCommands();
  for (QAction* action : actions_) {
    const CommandRank rank = rankOf(*action, menuOf(action->objectName()), typed);
    if (rank == CommandRank::none) continue;
    const qsizetype used = recent.indexOf(action->objectName());
    found.push_back({{rank, !action->isEnabled(), used < 0 ? recent.size() : used}, row(*action)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  found_->clear();
  for (const auto& one : found) found_->addTopLevelItem(one.second);
  found_->setCurrentItem(found_->topLevelItem(0));
}

QTreeWidgetItem* CommandPalette::row(const QAction& action) const {
  const QString why = whyDisabled(action);
  const QString name = action.objectName();
  auto* item =
      new QTreeWidgetItem({action.text(), why.isEmpty() ? menuOf(name) : tr("Not now: ") + why,
                           action.shortcut().toString(QKeySequence::NativeText)});
  item->setData(0, Qt::UserRole, name);
  item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
  const QColor faint = palette().color(QPalette::PlaceholderText);
  item->setForeground(1, faint);
  if (!why.isEmpty()) item->setForeground(0, faint);
  const QString says = why.isEmpty() ? action.statusTip() : why;
  for (int column = 0; column < 3; ++column) item->setToolTip(column, says);
  return item;
}

void CommandPalette::tell() {
  const QTreeWidgetItem* item = found_->currentItem();
  said_->setText(item ? item->toolTip(0) : tr("There is no such command"));
}

void CommandPalette::run() {
  const QTreeWidgetItem* item = found_->currentItem();
  if (!item) return;
  const QString name = item->data(0, Qt::UserRole).toString();
  for (QAction* action : actions_)
    if (action->objectName() == name && action->isEnabled()) {
      rememberCommand(name);
      accept();
      return action->trigger();
    }
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
