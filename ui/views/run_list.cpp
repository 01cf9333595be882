#include "views/run_list.h"

#include <QAction>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "models/run_words.h"
#include "style/icons.h"

namespace treegrpo {
namespace {

constexpr int filter_role = RecordTableModel::sort_role + 1;
constexpr int name_column = 1;
constexpr int status_width = 32;  // of the icon's column

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString doneOf(const RunSummary& run) {
  return QString("%1 of %2 iterations").arg(run.iterations).arg(run.iterations_planned);
}

QString wholeStory(const RunSummary& run) {
  QString story = QString("%1\n%2, seed %3, %4\n%5")
                      .arg(text(run.name), text(run.method))
                      .arg(run.seed)
                      .arg(doneOf(run), statusWords(run));
  if (!run.tags.empty()) story += "\nTags: " + tagsOf(run);
  if (run.figures > 0) story += QString("\nFigures: %1").arg(run.figures);
  return story;
}

QLabel* centred(const QString& words, const char* role) {
  auto* label = new QLabel(words);
  label->setProperty("role", role);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  return label;
}

}  // namespace

RunList::RunList(QWidget* parent)
    : QWidget(parent),
      table_(new RecordTable(&model_, RecordTable::Choice::on_press, this)),
      filter_(new QLineEdit),
      search_(new QAction(this)),
      bar_(new QWidget),
      empty_(new QLabel("No runs yet. Each is listed here from its first tree on.")),
      count_(centred({}, "strong")),
      funnel_(new QLabel),
      none_(noMatch()),
      pages_(new QStackedLayout) {
  dress();
  layOut();
  model_.setTable(columns(), 0);
  table_->horizontalHeader()->setMinimumSectionSize(status_width);
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Fixed);
  table_->horizontalHeader()->resizeSection(0, status_width);
  table_->setStretched(name_column);
  table_->sorted().setFilterRole(filter_role);
  table_->sorted().setFilterKeyColumn(name_column);
  connect(filter_, &QLineEdit::textChanged, this, &RunList::filter);
  connect(table_, &RecordTable::rowChosen, this, [this](int row) {
    setCurrent(at(row).run);
    Q_EMIT runChosen(current_.value);
  });
  setLooks(theme(ThemeKind::dark));
  filter();
}

void RunList::dress() {
  setObjectName("runList");
  setProperty("panel", true);
  table_->setObjectName("runTable");
  table_->setAccessibleName("Runs of this workspace");
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  filter_->setObjectName("runFilter");
  filter_->setPlaceholderText("Filter runs");
  filter_->setAccessibleName("Filter runs");
  filter_->setToolTip("Shows the runs whose name, method or tags have all of these words.");
  filter_->setClearButtonEnabled(true);
  filter_->addAction(search_, QLineEdit::LeadingPosition);
  empty_->setObjectName("runListEmpty");
  empty_->setProperty("role", "secondary");
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setMargin(16);
}

void RunList::layOut() {
  auto* row = new QHBoxLayout(bar_);
  row->setContentsMargins(8, 6, 8, 6);
  row->addWidget(filter_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addWidget(bar_);
  all->addLayout(pages_);
  pages_->addWidget(empty_);
  pages_->addWidget(none_);
  pages_->addWidget(table_);
  setTabOrder(filter_, table_);
}

// What is shown where the filter lets nothing through.
QWidget* RunList::noMatch() {
  auto* page = new QWidget;
  auto* clear = new QPushButton("Clear filter");
  clear->setObjectName("runFilterClear");
  clear->setToolTip("Shows all runs again.");
  connect(clear, &QPushButton::clicked, this, [this] {
    filter_->clear();
    filter_->setFocus();
  });
  count_->setObjectName("runMatches");
  funnel_->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(24, 8, 24, 8);
  column->addStretch();
  column->addWidget(funnel_);
  column->addWidget(count_);
  column->addWidget(centred("The filter reads names, methods and tags.", "secondary"));
  column->addWidget(clear, 0, Qt::AlignCenter);
  column->addStretch();
  return page;
}

void RunList::setLooks(const Theme& theme) {
  for (std::size_t i = 0; i < icons_.size(); ++i)
    icons_[i] = statusIcon(static_cast<RunStatus>(i), theme);
  search_->setIcon(icon("search", theme));
  const double ratio = devicePixelRatioF();
  QPixmap funnel =
      QPixmap::fromImage(iconImage("filter", theme.text2, static_cast<int>(24 * ratio)));
  funnel.setDevicePixelRatio(ratio);
  funnel_->setPixmap(funnel);
  model_.touch();
}

std::vector<TableColumn> RunList::columns() const {
  const auto sign = [this](int row, int role) -> QVariant {
    if (role == Qt::DecorationRole) return icons_[static_cast<std::size_t>(at(row).status)];
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) return statusWords(at(row));
    return {};
  };
  const auto about = [this](int row, int role) -> QVariant {
    if (role == Qt::ToolTipRole) return wholeStory(at(row));
    const RunSummary& run = at(row);
    if (role == filter_role) return text(run.name) + " " + text(run.method) + " " + tagsOf(run);
    return {};
  };
  const auto done = [this](int row, int role) {
    return role == Qt::ToolTipRole ? QVariant(doneOf(at(row))) : QVariant();
  };
  const auto when = [this](int row, int role) {
    return role == Qt::ToolTipRole
               ? QVariant(localTime(at(row).updated).toString("yyyy-MM-dd HH:mm:ss"))
               : QVariant();
  };
  return {{.title = {},
           .tooltip = "What the run is doing, or how it ended.",
           .text = [](int) { return QString(); },
           .sort_key = [this](int row) { return static_cast<int>(at(row).status); },
           .look = sign},
          {.title = "Run",
           .tooltip = "Name of the run. Return or a click shows it.",
           .text = [this](int row) { return text(at(row).name); },
           .look = about},
          {.title = "it",
           .tooltip = "Iterations that are done and stored.",
           .text = [this](int row) { return QString::number(at(row).iterations); },
           .alignment = Qt::AlignRight,
           .sort_key = [this](int row) { return at(row).iterations; },
           .look = done},
          {.title = "updated",
           .tooltip = "When something of the run was last stored, by this machine's clock.",
           .text = [this](int row) { return shortTime(at(row).updated); },
           .alignment = Qt::AlignRight,
           .sort_key = [this](int row) { return text(at(row).updated); },
           .look = when}};
}

void RunList::setRuns(std::vector<RunSummary> runs) {
  // Numbers of runs grow as they are made, whatever clock made them.
  std::ranges::sort(runs, std::greater(), [](const RunSummary& run) { return run.run.value; });
  const bool same = std::ranges::equal(runs, runs_, {}, &RunSummary::run, &RunSummary::run);
  runs_ = std::move(runs);
  if (same && !runs_.empty()) return model_.touch();
  model_.setRows(static_cast<int>(runs_.size()));
  filter();
  setCurrent(current_);
}

void RunList::setCurrent(RunId run) {
  current_ = run;
  const RunSummary* found = find(run);
  table_->setChosenRow(found ? static_cast<int>(found - runs_.data()) : -1);
}

std::vector<RunId> RunList::selected() const {
  std::vector<RunId> chosen;
  for (const QModelIndex& row : table_->selectionModel()->selectedRows())
    chosen.push_back(at(table_->sorted().mapToSource(row).row()).run);
  return chosen;
}

void RunList::setStatus(RunId run, RunStatus status) {
  RunSummary* found = find(run);
  if (!found) return;
  found->status = status;
  model_.touch();
}

void RunList::setIterations(RunId run, std::int32_t done) {
  RunSummary* found = find(run);
  if (!found) return;
  found->iterations = std::max(found->iterations, done);
  found->updated = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
  model_.touch();
}

RunSummary* RunList::find(RunId run) {
  const auto found = std::ranges::find(runs_, run, &RunSummary::run);
  return found == runs_.end() ? nullptr : &*found;
}

// All words must be there, in any order.
void RunList::filter() {
  QString pattern = "^";
  for (const QString& word : filter_->text().split(' ', Qt::SkipEmptyParts))
    pattern += "(?=.*" + QRegularExpression::escape(word) + ")";
  table_->sorted().setFilterRegularExpression(
      QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption));
  const bool any = !runs_.empty();
  bar_->setVisible(any);
  count_->setText(
      QString(runs_.size() == 1 ? "0 of %1 run matches" : "0 of %1 runs match").arg(runs_.size()));
  const bool some = table_->sorted().rowCount() > 0;
  pages_->setCurrentWidget(!any ? empty_ : some ? static_cast<QWidget*>(table_) : none_);
  if (some) setCurrent(current_);
}

}  // namespace treegrpo
