#include "views/message_strip.h"
#include "views/run_status.h"
#include "window/follow_commands.h"
#include "window/main_window.h"

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

}  // namespace treegrpo
