#include "base/clock.h"
#include "views/job_list.h"
#include "views/message_strip.h"
#include "views/node_inspector.h"
#include "views/run_status.h"
#include "window/follow_commands.h"
#include "window/main_window.h"
#include "window/read_only.h"

namespace treegrpo {

// Runs that other processes train, and what they store.
void MainWindow::wireFollowing() {
  follow_ = new FollowCommands({session_, actions_, *commands_, *strip_, *status_, this});
  connect(follow_, &FollowCommands::logged, this, &MainWindow::say);
  connect(&session_, &Session::storeChanged, this, &MainWindow::readRuns);
  connect(&session_, &Session::runFollowed, this, [this](RunId run) {
    if (strip_->kind() == MessageStrip::Kind::info) strip_->hide();  // it offered as much
    history_.load(run);
    focus_.follow();
    commands_->refresh();
  });
}

// After all that enables actions is wired: from now on nothing enables those that store something.
void MainWindow::wireReadOnly() {
  if (!session_.readOnly()) return;
  new ReadOnlyActions(actions_, this);
  queue_->setObstacle(readOnlyReason());
  inspector_->setExploring(false);
}

void MainWindow::wireQueue() {
  connect(&jobs_, &Jobs::changed, this, &MainWindow::showQueue);
  connect(queue_, &JobList::cancelAsked, &jobs_, &Jobs::cancel);
  QDockWidget* dock = docks_.all().at("dock_queue");
  connect(dock, &QDockWidget::visibilityChanged, this, &MainWindow::showQueue);
  connect(actions_[u"view.queue"], &QAction::triggered, this, [this, dock] {
    dock->show();
    dock->raise();
    queue_->findChild<RecordTable*>()->setFocus();
  });
}

// What is hidden is not worked out.
void MainWindow::showQueue() {
  if (!queue_->isVisible()) return;
  const double now = monotonic_seconds();
  std::vector<JobRow> rows;
  for (const Job& job : jobs_.all())
    rows.push_back({.id = job.id,
                    .what = job.what,
                    .state = job.state,
                    .progress = progressText(job, now),
                    .share = job.planned > 0 ? static_cast<double>(job.done) / job.planned : -1,
                    .goes_on = job.goesOn()});
  queue_->setJobs(std::move(rows));
}

}  // namespace treegrpo
