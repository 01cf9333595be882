#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include "base/clock.h"
#include "style/studio_style.h"
#include "views/canvas_header.h"
#include "views/film_strip.h"
#include "views/iteration_list.h"
#include "views/message_strip.h"
#include "views/node_inspector.h"
#include "views/prompt_list.h"
#include "views/reward_view.h"
#include "views/run_curves.h"
#include "views/run_list.h"
#include "views/run_status.h"
#include "views/tree_canvas.h"
#include "window/follow_commands.h"
#include "window/main_window.h"

namespace treegrpo {
namespace {

constexpr int message_milliseconds = 5'000;

// What became of the process that left a run behind.
QString goneWords(const std::optional<RunProcess>& process) {
  return process ? MainWindow::tr(" Its %1 is gone.").arg(processWords(process)) : QString();
}

}  // namespace

void MainWindow::sayReadOnly() {
  if (!session_.readOnly()) return;
  strip_->say(MessageStrip::Kind::info,
              tr("This workspace is read-only: its runs can be looked at, none can be trained."),
              {actions_[u"file.open"], actions_[u"file.new_store"]});
}

void MainWindow::openStore(bool grow) {
  session_.ask<std::vector<RunSummary>>(
      [](Workbench& store) {
        if (!std::filesystem::exists(store.store())) return std::vector<RunSummary>{};
        return store.runs();
      },
      this,
      [this, grow](std::vector<RunSummary> runs) {
        runs_->setRuns(runs);
        if (session_.state() != RunState::idle) return;
        if (!runs.empty()) {
          focus_.pin();
          const RunId shown = runToOpen(runs);
          history_.load(shown);
          follow_->setRuns(runs, shown);
          jobs_.setRuns(runs);
          if (const RunSummary& last = runs.back();
              last.run == shown && last.status == RunStatus::interrupted)
            strip_->say(MessageStrip::Kind::info,
                        tr("Recovered run '%1' up to iteration %2.")
                                .arg(QString::fromStdString(last.name))
                                .arg(last.iterations) +
                            goneWords(last.process),
                        {actions_[u"run.resume"]});
          sayReadOnly();
          return;
        }
        if (!grow) return;
        strip_->say(
            MessageStrip::Kind::info,
            tr("A live tree of the demo model: rewards flow back along its edges. To train, "
               "%1.")
                .arg(actions_.howTo(u"run.toggle")),
            {actions_[u"run.toggle"], actions_[u"run.new"], actions_[u"file.open"]});
        commands_->growDemoTree();
      });
}

// That of the last session, but one that another process trains or a crash cut off goes before it.
RunId MainWindow::runToOpen(const std::vector<RunSummary>& runs) {
  const auto elsewhere = std::find_if(runs.rbegin(), runs.rend(), isElsewhere);
  if (elsewhere != runs.rend()) return elsewhere->run;
  const std::optional<SessionMemory> last = rememberedSession(storeName());
  const bool known = last && std::any_of(runs.begin(), runs.end(), [&](const RunSummary& run) {
                       return run.run == last->place.run;
                     });
  if (!known ||
      (runs.back().status == RunStatus::interrupted && last->place.run != runs.back().run))
    return runs.back().run;
  place_ = last->place;
  focus_.setMarks(last->marks);
  return last->place.run;
}

void MainWindow::showTree() {
  followed_at_ = monotonic_seconds();
  if (!focus_.following()) budget_->hurry(followed_at_);  // asked for
  canvas_->setTree(focus_.tree(), focus_.figures());
  canvas_->setGrowing(focus_.growing());
  header_->setTree(focus_.tree(), focus_.growing());
  showView();
  inspector_->setTree(focus_.tree(), focus_.figures(), focus_.trace(), focus_.selected());
  rewards_->setTree(focus_.tree(), focus_.figures());
  path_->setTree(focus_.tree(), focus_.figures());
  const Place& place = focus_.place();
  showLive();
  if (place.iteration >= 0) {
    showPromptsOf(place);
    const QSignalBlocker quiet(iteration_choice_);
    if (place.iteration > iteration_choice_->maximum())
      iteration_choice_->setMaximum(place.iteration);
    iteration_choice_->setValue(place.iteration);
    iterations_->setCurrent(place.iteration);
    curves_->setCurrent(place.iteration);
    prompts_->setCurrent(place.prompt);
    const QSignalBlocker still(prompt_choice_);
    prompt_choice_->setCurrentIndex(place.prompt.value);
    // Of an iteration in progress only the prompt of the tree is known.
    if (focus_.tree() && prompt_choice_->currentIndex() >= 0)
      prompt_choice_->setItemText(prompt_choice_->currentIndex(),
                                  QString::fromStdString(focus_.tree()->text));
  }
  // A tree that is whole explains itself by its best leaf, until the user chooses.
  if (focus_.figures() && focus_.selected() < 0 && !focus_.growing().on &&
      focus_.figures()->best_leaf >= 0)
    focus_.select(focus_.figures()->best_leaf);
  selectBroken();
  showSelection();
}

// While a tree grows those of the last whole iteration; a run that is followed brings its own.
void MainWindow::showPromptsOf(const Place& place) {
  const bool grows = focus_.growing().on;
  const std::vector<IterationRecord>& whole = history_.iterations();
  const std::int32_t last = whole.empty() ? -1 : whole.back().iteration;
  const std::int32_t shown = grows || focus_.following() ? last : place.iteration;
  if (shown >= 0 && shown != prompts_of_) history_.readPrompts(prompts_of_ = shown);
  prompts_->setGrowing(grows ? place.iteration : -1);
}

// A number that is not finite is what to look at, unless the user holds another tree; once a tree.
void MainWindow::selectBroken() {
  if (!focus_.figures() || !focus_.following() || focus_.growing().on) return;
  const std::vector<std::uint8_t>& broken = focus_.figures()->broken;
  const auto first = std::ranges::find_if(broken, [](std::uint8_t one) { return one != 0; });
  if (first == broken.end() || focus_.place() == broken_) return;
  broken_ = focus_.place();
  focus_.select(static_cast<std::int32_t>(first - broken.begin()));
}

void MainWindow::showView() {
  const TreeView& view = canvas_->view();
  header_->setView(view);
  actions_[u"tree.order_value"]->setChecked(view.order == SiblingOrder::value);
  for (const OverlayChoice& choice : overlayChoices())
    actions_[QString::fromLatin1(choice.action)]->setChecked(choice.overlay == view.overlay);
}

void MainWindow::showSelection() {
  const std::int32_t node = focus_.selected();
  canvas_->setSelection(node, focus_.alsoSelected(), focus_.reference(), focus_.bookmarks());
  inspector_->setNode(node);
  inspector_->setReference(focus_.reference());
  inspector_->setCommand(focus_.regrown() ? explore_->commandOf(node) : commandOf(node));
  path_->setNode(node);
  rewards_->setNode(node);
  actions_[u"edit.back"]->setEnabled(focus_.canGoBack());
  actions_[u"edit.forward"]->setEnabled(focus_.canGoForward());
  for (const auto name :
       {u"edit.copy_node", u"edit.copy_command", u"edit.copy_image", u"file.save_image"})
    actions_[QStringView(name)]->setEnabled(node >= 0);
}

void MainWindow::showLive() {
  const bool idle = session_.state() == RunState::idle;
  const bool live = focus_.following() && !idle;
  live_->setText(live ? (session_.follows() ? tr("● LIVE, followed") : tr("● LIVE"))
                      : (focus_.following()
                             ? tr("No run in progress")
                             : tr("Paused on it %1 · L: live").arg(focus_.place().iteration)));
  setLook(*live_, "pill", live ? "live" : "paused");
  actions_[u"tree.live"]->setEnabled(!focus_.following());
}

void MainWindow::showRun() {
  iterations_->setIterations(history_.iterations());
  curves_->setRun(history_.iterations(), history_.evaluations(), history_.changes());
  header_->setRunRule(QString::fromStdString(history_.config().credit.rule));
  canvas_->setClipRange(history_.config().objective.clip_range);
  const bool idle = session_.state() == RunState::idle;
  if (idle || history_.run() == session_.run()) showRunStatus();
  if (idle) commands_->refresh();
  const bool another = runs_->current() != history_.run();
  runs_->setCurrent(history_.run());
  if (history_.iterations().empty()) {
    if (another && !focus_.following())
      status_->showMessage(tr("This run has no whole iteration yet."), message_milliseconds);
    return;
  }
  const std::int32_t last = history_.iterations().back().iteration;
  {
    const QSignalBlocker quiet(iteration_choice_);
    iteration_choice_->setMaximum(last);
  }
  Place place{history_.run(), last, {0}};
  if (place_ && place_->run == place.run && place_->iteration >= 0 && place_->iteration <= last)
    place = *place_;
  place_.reset();
  if ((idle || !focus_.following()) && focus_.place().run != history_.run()) focus_.show(place);
  if (another) history_.readPrompts(prompts_of_ = place.iteration);
}

void MainWindow::showRunStatus() {
  const RunSummary& run = history_.summary();
  status_->forgetIterations();
  status_->setPlan(run.iterations_planned);
  for (const IterationRecord& record : history_.iterations()) status_->addIteration(record);
  status_->setMachine(tr("%1 · %2 · %3 threads")
                          .arg(QString::fromStdString(run.name),
                               QString::fromStdString(history_.config().run.device))
                          .arg(run.provenance.threads));
  showStoreSize();
}

void MainWindow::showStoreSize() {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(session_.store(), none);
  if (!none) status_->setStoreBytes(static_cast<std::int64_t>(bytes));
}

// A node that was grown again is in no tree of the run.
QString MainWindow::commandOf(std::int32_t node) const {
  const Place& place = focus_.place();
  if (node < 0 || place.iteration < 0 || focus_.regrown()) return {};
  return QStringLiteral(
             "treegrpo image %1 --iteration %2 --prompt %3 --node %4 --out node.png "
             "--store '%5'")
      .arg(place.run.value)
      .arg(place.iteration)
      .arg(place.prompt.value)
      .arg(node)
      .arg(QString::fromStdString(session_.store().string()));
}

void MainWindow::stepIteration(int by) {
  const std::int32_t to = focus_.place().iteration + by;
  if (focus_.place().iteration < 0 || to < 0 || to > iteration_choice_->maximum()) return;
  focus_.show({history_.run(), to, focus_.place().prompt});
}

void MainWindow::stepPrompt(int by) {
  const std::int32_t to = focus_.place().prompt.value + by;
  if (to >= 0 && to < prompt_count_) focus_.choosePrompt({to});
}

// On a node what can be done with it, beside all nodes what can be done with the tree.
void MainWindow::contextMenu(std::int32_t node, QPoint at) {
  QMenu menu(this);
  const auto add = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) menu.addAction(actions_[QString::fromLatin1(name)]);
  };
  if (node < 0) {
    add({"tree.fit", "tree.zoom_100", "tree.order_value", "tree.unhoist"});
    menu.addSeparator();
    add({"tree.best_leaf", "tree.worst_leaf", "tree.next_largest"});
  } else {
    focus_.select(node);
    add({"tree.reference", "tree.collapse", "tree.hoist", "tree.bookmark", "tree.fit_subtree"});
    menu.addSeparator();
    add({"tree.regrow", "tree.more_leaves"});
    menu.addSeparator();
    add({"edit.copy_node", "edit.copy_command", "edit.copy_image", "file.save_image"});
  }
  menu.addAction(actions_[u"file.export_figure"]);
  menu.exec(at);
}

}  // namespace treegrpo
