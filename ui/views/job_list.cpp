#include "views/job_list.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "style/icons.h"

namespace treegrpo {
namespace {

constexpr int what_column = 1;
constexpr int share_column = 4;
constexpr int share_role = RecordTableModel::sort_role + 1;
constexpr int least_column = 44;  // px, room for a title
constexpr int bar_width = 72, bar_height = 6, bar_gap = 8;

// A share as a bar with its number beside it.
class ShareDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& at) const override {
    const QSize words = QStyledItemDelegate::sizeHint(option, at);
    return {words.width() + bar_width + bar_gap, words.height()};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& at) const override {
    QStyledItemDelegate::paint(painter, option, at);
    const QVariant share = at.data(share_role);
    if (!share.isValid()) return;
    const QRect& cell = option.rect;
    const QRectF bar(cell.left() + bar_gap, cell.center().y() - bar_height / 2., bar_width,
                     bar_height);
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(option.palette.color(QPalette::Mid));
    painter->drawRect(bar);
    painter->setBrush(option.palette.color(QPalette::Text));
    painter->drawRect(QRectF(bar.topLeft(), QSizeF(bar.width() * share.toDouble(), bar_height)));
    painter->restore();
  }
};

QString percent(double share) { return QString("%1 %").arg(std::lround(100 * share)); }

}  // namespace

JobList::JobList(QWidget* parent)
    : QWidget(parent),
      table_(new RecordTable(&model_, RecordTable::Choice::on_walk, this)),
      count_(new QLabel),
      cancel_(new QPushButton("Cancel job")),
      pages_(new RecordPages(table_, "jobListEmpty",
                             "Nothing is going on. Runs, sampling, evaluation and regrowing are "
                             "listed here, and runs that other processes train on this "
                             "workspace.")) {
  dress();
  layOut();
  model_.setTable(columns(), 0);
  table_->setStretched(what_column);
  table_->setItemDelegateForColumn(share_column, new ShareDelegate(table_));
  table_->horizontalHeader()->setMinimumSectionSize(least_column);
  connect(cancel_, &QPushButton::clicked, this, &JobList::cancelChosen);
  auto* key = new QShortcut(QKeySequence::Delete, table_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(key, &QShortcut::activated, this, &JobList::cancelChosen);
  connect(table_, &RecordTable::rowChosen, this, [this](int row) {
    chosen_ = at(row).id;
    showChosen();
  });
  setLooks(theme(ThemeKind::dark));
  showChosen();
}

void JobList::dress() {
  setObjectName("jobList");
  setProperty("panel", true);
  table_->setObjectName("jobTable");
  table_->setAccessibleName("Queue of jobs");
  table_->setSortingEnabled(false);  // time is its order
  count_->setObjectName("jobCount");
  count_->setProperty("role", "secondary");
  cancel_->setObjectName("jobCancel");
  cancel_->setProperty("small", true);
}

void JobList::layOut() {
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(8, 6, 8, 6);
  bar->addWidget(count_);
  bar->addStretch();
  bar->addWidget(cancel_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(bar);
  all->addLayout(pages_);
}

void JobList::setLooks(const Theme& theme) { cancel_->setIcon(icon("stop", theme)); }

std::vector<TableColumn> JobList::columns() const {
  const auto whole = [this](int row, int role) {
    return role == Qt::ToolTipRole ? QVariant(at(row).what + "\n" + at(row).state) : QVariant();
  };
  const auto share = [this](int row, int role) {
    const double done = std::min(at(row).share, 1.);
    return role == share_role && done >= 0 ? QVariant(done) : QVariant();
  };
  return {
      {.title = "id",
       .tooltip = "Number of the job, in the order of their beginning.",
       .text = [this](int row) { return QString::number(at(row).id); },
       .alignment = Qt::AlignRight},
      {.title = "Job",
       .tooltip = "What is done.",
       .text = [this](int row) { return at(row).what; },
       .look = whole},
      {.title = "State",
       .tooltip = "What it is doing, or how it ended.",
       .text = [this](int row) { return at(row).state; },
       .look = whole},
      {.title = "Progress",
       .tooltip = "Iterations done, of those planned; of work that counts no parts its time.",
       .text = [this](int row) { return at(row).progress; }},
      {.title = {},
       .tooltip = "Share that is done, in percent.",
       .text = [this](int row) { return at(row).share < 0 ? QString() : percent(at(row).share); },
       .alignment = Qt::AlignRight,
       .look = share}};
}

void JobList::setJobs(std::vector<JobRow> jobs) {
  std::ranges::reverse(jobs);
  const bool same = std::ranges::equal(jobs, jobs_, {}, &JobRow::id, &JobRow::id);
  jobs_ = std::move(jobs);
  pages_->showTable(!jobs_.empty());
  if (same) {
    table_->touchRows();
  } else {
    model_.setRows(static_cast<int>(jobs_.size()));
    const auto found = std::ranges::find(jobs_, chosen_, &JobRow::id);
    // What goes on is what one would cancel.
    const auto shown = found != jobs_.end() ? found : jobs_.begin();
    chosen_ = shown == jobs_.end() ? 0 : shown->id;
    table_->setChosenRow(chosen_ == 0 ? -1 : static_cast<int>(shown - jobs_.begin()));
  }
  showChosen();
}

void JobList::setObstacle(const QString& why) {
  obstacle_ = why;
  showChosen();
}

void JobList::showChosen() {
  const auto going = std::ranges::count_if(jobs_, &JobRow::goes_on);
  count_->setText(going == 1 ? QString("1 job goes on") : QString("%1 jobs go on").arg(going));
  const auto job = std::ranges::find(jobs_, chosen_, &JobRow::id);
  const bool can = job != jobs_.end() && job->goes_on && obstacle_.isEmpty();
  cancel_->setEnabled(can);
  const QString what = can ? QString(
                                 "Ends job %1: %2. A run stops with a checkpoint, a second "
                                 "time at once; other work gives no answer (Del)")
                                 .arg(job->id)
                                 .arg(job->what)
                           : QString("Choose a job that goes on");
  cancel_->setToolTip(obstacle_.isEmpty() ? what : obstacle_);
}

void JobList::cancelChosen() {
  if (cancel_->isEnabled()) Q_EMIT cancelAsked(chosen_);
}

}  // namespace treegrpo
