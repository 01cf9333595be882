#include "views/event_log.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QRegularExpression>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

#include "style/icons.h"

namespace treegrpo {
namespace {

constexpr int least_column = 88;  // px, so that a longer kind does not move the sentences

}  // namespace

EventLog::EventLog(QWidget* parent)
    : QWidget(parent),
      table_(new RecordTable(&model_, RecordTable::Choice::on_press)),
      kinds_(new QComboBox),
      copy_(new QToolButton),
      pages_(new RecordPages(
          table_, "eventLogEmpty",
          "Nothing has happened yet. Runs, errors and stored files are noted here.")) {
  dress();
  layOut();
  model_.setTable(columns(), 0);
  table_->horizontalHeader()->setMinimumSectionSize(least_column);
  table_->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
  const auto copy = [this] { QGuiApplication::clipboard()->setText(shownText()); };
  connect(kinds_, &QComboBox::currentIndexChanged, this, &EventLog::filter);
  connect(copy_, &QToolButton::clicked, this, copy);
  auto* shortcut = new QShortcut(QKeySequence::Copy, table_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(shortcut, &QShortcut::activated, this, copy);
  setLooks(theme(ThemeKind::dark));
}

void EventLog::dress() {
  setObjectName("eventLog");
  setProperty("panel", true);
  table_->setObjectName("eventTable");
  table_->setAccessibleName("Event log");
  table_->setSortingEnabled(false);  // time is its order
  kinds_->setObjectName("eventKind");
  kinds_->setAccessibleName("Kind of the lines shown");
  kinds_->setProperty("small", true);
  kinds_->setToolTip("Shows the lines of one kind only.");
  kinds_->addItem("all kinds");
  copy_->setObjectName("eventCopy");
  copy_->setProperty("small", true);
  copy_->setText("Copy");
  copy_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  copy_->setToolTip("Copies the lines that are shown as text.");
}

void EventLog::layOut() {
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(8, 6, 8, 6);
  bar->addWidget(kinds_);
  bar->addStretch();
  bar->addWidget(copy_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(bar);
  all->addLayout(pages_);
}

void EventLog::setLooks(const Theme& theme) { copy_->setIcon(icon("copy", theme)); }

std::vector<TableColumn> EventLog::columns() const {
  const auto at = [this](int row) -> const Line& { return lines_[static_cast<std::size_t>(row)]; };
  const auto sentence = [at](int row, int role) {
    return role == Qt::ToolTipRole ? QVariant(at(row).sentence) : QVariant();
  };
  return {{.title = "Time",
           .tooltip = "When it happened, by this machine's clock.",
           .text = [at](int row) { return at(row).time.toString("HH:mm:ss"); }},
          {.title = "Kind",
           .tooltip = "What sort of event it is.",
           .text = [at](int row) { return at(row).kind; }},
          {.title = "Event",
           .tooltip = "What happened.",
           .text = [at](int row) { return at(row).sentence; },
           .look = sentence}};
}

void EventLog::addLine(const QString& kind, const QString& sentence) {
  const QScrollBar* bar = table_->verticalScrollBar();
  const bool at_end = bar->value() == bar->maximum();
  if (kinds_->findText(kind) < 1) kinds_->addItem(kind);
  if (lines_.size() == most_lines) model_.removeFirst(1, [this] { lines_.pop_front(); });
  model_.append(1, [&] { lines_.push_back({QTime::currentTime(), kind, sentence}); });
  pages_->showTable(true);
  if (at_end) table_->scrollToBottom();
}

QString EventLog::shownText() const {
  QString text;
  const QAbstractItemModel* shown = table_->model();
  for (int row = 0; row < shown->rowCount(); ++row) {
    QStringList cells;
    for (int column = 0; column < 3; ++column)
      cells.append(shown->index(row, column).data().toString());
    text += cells.join("  ") + "\n";
  }
  return text;
}

void EventLog::filter() {
  QSortFilterProxyModel& shown = table_->sorted();
  shown.setFilterKeyColumn(1);
  const QString kind = QRegularExpression::escape(kinds_->currentText());
  shown.setFilterRegularExpression(kinds_->currentIndex() < 1 ? QString() : "^" + kind + "$");
}

}  // namespace treegrpo
