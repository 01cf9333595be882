#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <algorithm>

#include "comparison/probe_strip.h"
#include "record/config_toml.h"
#include "views/canvas_header.h"
#include "views/command_palette.h"
#include "views/event_log.h"
#include "views/film_strip.h"
#include "views/guide.h"
#include "views/iteration_list.h"
#include "views/message_strip.h"
#include "views/node_inspector.h"
#include "views/prompt_list.h"
#include "views/run_curves.h"
#include "views/run_list.h"
#include "views/run_status.h"
#include "views/schedule_editor.h"
#include "views/tree_canvas.h"
#include "window/compare_commands.h"
#include "window/draw_commands.h"
#include "window/fault_commands.h"
#include "window/find_commands.h"
#include "window/follow_commands.h"
#include "window/import_commands.h"
#include "window/library_commands.h"
#include "window/main_window.h"
#include "window/probe_commands.h"
#include "window/regrown_commands.h"
#include "window/schedule_commands.h"
#include "window/weights_commands.h"

namespace treegrpo {
namespace {

constexpr QSize schedule_size(1240, 760), probes_size(1100, 720);

struct DockPage {
  const char *dock, *page;
};
constexpr DockPage dock_pages[] = {
    {"dock_runs", "run"},        {"dock_prompts", "prompts"},     {"dock_iterations", "prompts"},
    {"dock_rewards", "rewards"}, {"dock_inspector", "inspector"}, {"dock_path", "path"},
    {"dock_curves", "curves"},   {"dock_schedule", "schedule"},   {"dock_probes", "probes"},
    {"dock_log", "run"},         {"dock_queue", "queue"}};

// Which page of the guide is about the view that has the keyboard.
QString guidePage(const std::map<QString, QDockWidget*>& docks, const QWidget& compare) {
  if (compare.isVisible()) return QStringLiteral("compare");
  for (const DockPage& one : dock_pages)
    if (docks.at(one.dock)->isAncestorOf(QApplication::focusWidget())) return one.page;
  return QStringLiteral("tree");
}

// Where it is hidden it gets a window of its own: it needs more room than its place among the
// docks.
void bringUp(QDockWidget& dock, QSize size, QWidget& view) {
  if (!dock.isVisible()) {
    dock.setFloating(true);
    dock.resize(size);
  }
  dock.show();
  dock.raise();
  view.setFocus();
}

}  // namespace

void MainWindow::wireTree() {
  connect(&focus_, &Focus::treeChanged, this, &MainWindow::showTree);
  connect(&focus_, &Focus::selectionChanged, this, &MainWindow::showSelection);
  connect(&focus_, &Focus::followingChanged, this, &MainWindow::showLive);
  connect(&focus_, &Focus::traceChanged, this,
          [this] { inspector_->setTree(focus_.tree(), focus_.figures(), focus_.trace()); });
  const auto choose = [this](std::int32_t node) { focus_.select(node); };
  connect(canvas_, &TreeCanvas::nodeChosen, this, choose);
  connect(inspector_, &NodeInspector::nodeChosen, this, choose);
  connect(path_, &FilmStrip::nodeChosen, this, choose);
  connect(canvas_, &TreeCanvas::nodesChosen, &focus_, &Focus::selectMany);
  connect(canvas_, &TreeCanvas::referenceChosen, &focus_, &Focus::setReference);
  connect(canvas_, &TreeCanvas::bookmarkToggled, &focus_, &Focus::toggleBookmark);
  connect(canvas_, &TreeCanvas::contextMenuAsked, this, &MainWindow::contextMenu);
  connect(canvas_, &TreeCanvas::viewChanged, this, &MainWindow::showView);
  connect(header_, &CanvasHeader::ruleChosen, this,
          [this](const QString& rule) { focus_.setCreditRule(rule.toStdString()); });
  new FindCommands(
      {focus_, actions_, *find_, *canvas_,
       [this](const QString& words) { return prompt_choice_->findText(words, Qt::MatchContains); }},
      this);
  const auto choosePrompt = [this](std::int32_t prompt) { focus_.choosePrompt({prompt}); };
  connect(prompts_, &PromptList::promptChosen, this, choosePrompt);
  connect(prompt_choice_, &QComboBox::activated, this, choosePrompt);
  const auto chooseIteration = [this](std::int32_t iteration) {
    focus_.show({history_.run(), iteration, focus_.place().prompt});
  };
  connect(iterations_, &IterationList::iterationChosen, this, chooseIteration);
  connect(curves_, &RunCurves::iterationChosen, this, chooseIteration);
  connect(iteration_choice_, &QSpinBox::valueChanged, this, chooseIteration);
}

void MainWindow::wireRun() {
  connect(&session_, &Session::stateChanged, this, [this](RunState state) {
    status_->setState(state);
    if (state == RunState::running && session_.trainsHere() &&
        strip_->kind() == MessageStrip::Kind::info)
      strip_->hide();
    showLive();
    if (closing_ && state == RunState::idle) close();
  });
  connect(&session_, &Session::runStarted, this, [this](RunId, const RunStarted& started) {
    status_->forgetIterations();
    status_->setMachine(
        tr("%1 · %2 · %3 threads")
            .arg(QString::fromStdString(started.method), QString::fromStdString(started.device))
            .arg(started.threads));
    say("run", tr("Run '%1' started: seed %2")
                   .arg(QString::fromStdString(started.name))
                   .arg(started.seed));
    focus_.follow();
  });
  connect(&session_, &Session::runResumed, this, [this](RunId, const RunResumed& resumed) {
    say("run", tr("Run '%1' goes on at iteration %2")
                   .arg(QString::fromStdString(resumed.run.name))
                   .arg(resumed.iteration));
  });
  connect(&session_, &Session::runPaused, this, [this](RunId, std::int32_t iteration) {
    say("run", tr("Paused in iteration %1").arg(iteration));
  });
  connect(&session_, &Session::runFinished, this, [this](RunId run, const RunFinished& finished) {
    say("run", tr("Run %1 after %2 iterations")
                   .arg(QString::fromStdString(run_status_name(finished.status)))
                   .arg(finished.iterations));
    history_.reload();
    Q_UNUSED(run)
  });
  connect(&session_, &Session::checkpointWritten, this,
          [this](RunId, const CheckpointWritten& written) {
            say("checkpoint", tr("Checkpoint after %1 iterations: %2")
                                  .arg(written.iteration)
                                  .arg(QString::fromStdString(written.path)));
          });
  connect(&session_, &Session::warned, this,
          [this](const QString& sentence) { say("warning", sentence); });
  connect(commands_, &RunCommands::refused, this, [this](const QString& sentence) {
    say("error", sentence);
    strip_->say(MessageStrip::Kind::error, sentence, {actions_[u"run.new"]});
  });
  connect(&history_, &History::runRead, this, &MainWindow::showRun);
  connect(&history_, &History::iterationAdded, this, [this](const IterationRecord& record) {
    iterations_->addIteration(record);
    if (focus_.following()) prompts_of_ = record.iteration;
    curves_->addIteration(record);
    status_->addIteration(record);
    const QSignalBlocker quiet(iteration_choice_);
    iteration_choice_->setMaximum(record.iteration);
    if (focus_.following()) iteration_choice_->setValue(record.iteration);
    showStoreSize();
  });
  connect(&history_, &History::evaluationAdded, this, [this](const EvaluationRecord& record) {
    curves_->addEvaluation(record);
    say("evaluation", tr("Held-out reward after %1 iterations: %2 ± %3")
                          .arg(record.iteration)
                          .arg(record.reward, 0, 'f', 3)
                          .arg(record.reward_error, 0, 'f', 3));
  });
  connect(&history_, &History::changeAdded, this, [this](const ParameterChanged& change) {
    curves_->addChange(change);
    say("parameter",
        tr("%1: %2 → %3 from iteration %4 on")
            .arg(QString::fromStdString(change.key), QString::fromStdString(change.old_value),
                 QString::fromStdString(change.new_value))
            .arg(change.iteration));
  });
  connect(&history_, &History::promptsRead, this,
          [this](const std::vector<PromptRewards>& all, std::int32_t iteration) {
            std::vector<PromptRow> rows;
            const QSignalBlocker quiet(prompt_choice_);
            prompt_choice_->clear();
            for (const PromptRewards& prompt : all) {
              rows.push_back({prompt.prompt, prompt.text, prompt.leaf_rewards, prompt.mean});
              prompt_choice_->addItem(QString::fromStdString(prompt.text));
            }
            prompt_count_ = static_cast<std::int32_t>(rows.size());
            prompts_->setPrompts(std::move(rows), iteration);
            prompts_->setCurrent(focus_.place().prompt);
            prompt_choice_->setCurrentIndex(focus_.place().prompt.value);
          });
}

void MainWindow::wireFaults() {
  faults_ = new FaultCommands({session_, actions_, *commands_, *strip_, this});
  connect(&session_, &Session::failed, this, [this](const QString& sentence, const Fault& fault) {
    say("error", sentence);
    faults_->tell(sentence, fault);
  });
  connect(faults_, &FaultCommands::logged, this, &MainWindow::say);
  connect(faults_, &FaultCommands::placeAsked, this,
          [this](RunId run, std::int32_t iteration, std::int32_t prompt) {
            history_.load(run);
            focus_.show({run, iteration, {prompt}});
          });
  connect(faults_, &FaultCommands::storeChanged, this, [this] {
    readRuns();
    if (history_.run().value > 0) history_.reload();
    showStoreSize();
  });
  connect(actions_[u"view.log"], &QAction::triggered, this, [this] {
    QDockWidget* log = docks_.all().at("dock_log");
    log->show();
    log->raise();
  });
}

// The editor is wide: it has a window of its own until the user puts it into this one.
void MainWindow::wireSchedule() {
  new_run_ = new NewRunCommands({session_, actions_, history_, this});
  connect(new_run_, &NewRunCommands::startAsked, commands_, &RunCommands::trainConfig);
  connect(new_run_, &NewRunCommands::failed, this,
          [this](const QString& sentence) { strip_->say(MessageStrip::Kind::error, sentence); });
  new ProbeCommands({session_, history_, focus_, actions_, *probes_}, this);
  auto* schedule = new ScheduleCommands({session_, history_, *schedule_, this});
  connect(schedule, &ScheduleCommands::newRunAsked, this, [this](const RunConfig& config) {
    RunConfig unnamed = config;
    unnamed.run.name.clear();
    new_run_->ask(tr("Schedule as drawn"), QString::fromStdString(config_toml(unnamed)));
  });
  QDockWidget* dock = docks_.all().at("dock_schedule");
  connect(dock, &QDockWidget::visibilityChanged, schedule, &ScheduleCommands::refresh);
  connect(actions_[u"run.schedule"], &QAction::triggered, this,
          [this, dock] { bringUp(*dock, schedule_size, *schedule_); });
  connect(actions_[u"view.probes"], &QAction::triggered, this,
          [this] { bringUp(*docks_.all().at("dock_probes"), probes_size, *probes_); });
}

// Runs side by side: those that are selected in the list, else the one that is looked at beside the
// newest other one.
void MainWindow::wireCompare() {
  compare_ = new CompareCommands(session_, *compare_page_, this);
  connect(&history_, &History::runRead, this, &MainWindow::showPage);
  connect(actions_[u"compare.runs"], &QAction::triggered, this, [this] {
    compare_->compare(runsToCompare());
    useLayout(QStringLiteral("compare"));
  });
}

void MainWindow::wireLibrary() {
  auto* imports = new ImportCommands(session_, actions_, this);
  connect(imports, &ImportCommands::imported, this, [this](const QString& sentence) {
    readRuns();
    strip_->say(MessageStrip::Kind::info, sentence);
    library_->tell(MessageStrip::Kind::info, sentence);
  });
  connect(imports, &ImportCommands::refused, this, [this](const QString& sentence) {
    strip_->say(MessageStrip::Kind::error, sentence);
    library_->tell(MessageStrip::Kind::error, sentence);
  });
  library_ = new LibraryCommands(session_, actions_, this);
  connect(library_, &LibraryCommands::runChosen, runs_, &RunList::runChosen);
  connect(library_, &LibraryCommands::storeEdited, this, &MainWindow::readRuns);
  connect(library_, &LibraryCommands::importAsked, imports, &ImportCommands::offer);
  connect(library_, &LibraryCommands::workspaceAsked, this, [this](const QString& file) {
    activateWindow();
    chooseStore(file);
  });
  connect(library_, &LibraryCommands::compareAsked, this, [this](const std::vector<RunId>& runs) {
    compare_->compare(runs);
    useLayout(QStringLiteral("compare"));
    activateWindow();
  });
}

std::vector<RunId> MainWindow::runsToCompare() const {
  std::vector<RunId> chosen = runs_->selected();
  if (chosen.size() > 1) return chosen;
  chosen = {history_.run()};
  for (const RunSummary& run : runs_->runs())
    if (chosen.size() < 2 && run.run != history_.run()) chosen.push_back(run.run);
  return history_.run().value > 0 ? chosen : std::vector<RunId>();
}

void MainWindow::showPage() {
  const bool compares = layout_ == QLatin1String("compare");
  const int shown = compares ? 1 : 0;
  // A page that is hidden asks for no room.
  for (int page = 0; page < pages_->count(); ++page) {
    const auto policy = page == shown ? QSizePolicy::Preferred : QSizePolicy::Ignored;
    pages_->widget(page)->setSizePolicy(policy, policy);
  }
  pages_->setCurrentIndex(shown);
  if (compares && compare_->empty() && history_.run().value > 0) compare_->compare(runsToCompare());
}

// Which run is looked at, and what the list of them says of the one in progress.
void MainWindow::wireRuns() {
  connect(runs_, &RunList::runChosen, this, [this](qint64 chosen) {
    const RunId run{chosen};
    const bool in_progress = session_.state() != RunState::idle;
    if (in_progress && run == session_.run()) return focus_.follow();
    if (in_progress) focus_.pin();
    history_.load(run);
    follow_->follow(run);
  });
  connect(&focus_, &Focus::followingChanged, this, [this] {
    history_.setHeld(!focus_.following());
    if (focus_.following() && session_.run().value > 0) history_.load(session_.run());
  });
  connect(&session_, &Session::runStarted, this, &MainWindow::readRuns);
  connect(&session_, &Session::runFinished, this, &MainWindow::readRuns);
  connect(&session_, &Session::failed, this, &MainWindow::readRuns);
  connect(&session_, &Session::stateChanged, this, [this](RunState state) {
    if (state == RunState::paused) runs_->setStatus(session_.run(), RunStatus::paused);
    if (state == RunState::running || state == RunState::stepping)
      runs_->setStatus(session_.run(), RunStatus::running);
  });
  connect(&session_, &Session::iterationFinished, this,
          [this](RunId run, const IterationFinished& finished) {
            runs_->setIterations(run, finished.record->iteration + 1);
            // The status bar is about the run in progress, whichever is looked at.
            if (run != history_.run()) status_->addIteration(*finished.record);
          });
}

// A store that cannot be read is silent here: whoever asked first has told of it, and failing again
// would ask again.
void MainWindow::readRuns() {
  std::error_code none;
  if (!std::filesystem::exists(session_.store(), none)) return;
  using Runs = std::optional<std::vector<RunSummary>>;
  session_.ask<Runs>(
      [](Workbench& store) -> Runs {
        try {
          return store.runs();
        } catch (const std::exception&) {
          return {};
        }
      },
      this,
      [this](Runs runs) {
        if (!runs) return;
        follow_->setRuns(*runs, history_.run());
        jobs_.setRuns(*runs);
        runs_->setRuns(std::move(*runs));
      });
}

void MainWindow::wireWeights() {
  auto* weights = new WeightsCommands(
      session_, history_, actions_,
      [this] { return focus_.tree() ? QString::fromStdString(focus_.tree()->text) : QString(); },
      this);
  connect(weights, &WeightsCommands::exported, this,
          [this](const QString& sentence) { strip_->say(MessageStrip::Kind::info, sentence); });
  connect(weights, &WeightsCommands::evaluated, this,
          [this](const EvaluationRecord& record, const QString& whose) {
            const QString sentence = tr("Held-out reward of the %1: %2 ± %3")
                                         .arg(whose)
                                         .arg(record.reward, 0, 'f', 3)
                                         .arg(record.reward_error, 0, 'f', 3);
            say("evaluation", sentence);
            strip_->say(MessageStrip::Kind::info, sentence);
          });
  wireCancel();
  wireExploring();
}

void MainWindow::wireExploring() {
  explore_ = new ExploreCommands(session_, focus_, actions_, this);
  inspector_->setExploring(true);
  connect(inspector_, &NodeInspector::regrowAsked, explore_, &ExploreCommands::regrow);
  connect(inspector_, &NodeInspector::moreLeavesAsked, explore_, &ExploreCommands::moreLeaves);
  new DrawCommands({session_, focus_, history_, *inspector_}, this);
  auto* regrown = new RegrownCommands({session_, focus_, actions_, *header_, *canvas_}, this);
  connect(explore_, &ExploreCommands::stored, regrown, [regrown] { regrown->refresh(); });
  connect(explore_, &ExploreCommands::showAsked, regrown, &RegrownCommands::refresh);
  connect(explore_, &ExploreCommands::refused, this,
          [this](const QString& sentence) { strip_->say(MessageStrip::Kind::warning, sentence); });
}

// Work of the engine for the window: what takes over a second can be cancelled.
void MainWindow::wireCancel() {
  auto* cancel = new QAction(tr("Cancel"), this);
  cancel->setObjectName("cancel_work");
  connect(cancel, &QAction::triggered, &session_, &Session::cancelComputing);
  auto* patience = new QTimer(this);
  patience->setSingleShot(true);
  patience->setInterval(1000);
  const QString at_work = tr("The engine is at work…");
  connect(patience, &QTimer::timeout, this,
          [this, cancel, at_work] { strip_->say(MessageStrip::Kind::info, at_work, {cancel}); });
  connect(&session_, &Session::computingChanged, this, [this, patience, at_work](bool computing) {
    status_->showMessage(computing ? at_work : QString());
    if (computing) return patience->start();
    patience->stop();
    if (strip_->sentence() == at_work) strip_->hide();
  });
}

void MainWindow::wireActions() {
  const auto on = [this](QStringView name, auto work) {
    connect(actions_[name], &QAction::triggered, this, work);
  };
  for (std::size_t i = 0; i < actionRows().size(); ++i)
    if (actionRows()[i].scope == ActionScope::tree) {
      QAction* action = actions_.all()[i];
      connect(action, &QAction::triggered, this, [this, action] {
        auto* focused = qobject_cast<TreeCanvas*>(QApplication::focusWidget());
        (focused ? focused : canvas_)->perform(action->objectName());
      });
    }
  on(u"edit.back", [this] { focus_.back(); });
  on(u"edit.forward", [this] { focus_.forward(); });
  on(u"edit.copy_node", [this] {
    QApplication::clipboard()->setText(
        QString::fromStdString(nodeName(*focus_.tree(), *focus_.figures(), focus_.selected())));
  });
  on(u"edit.copy_command", [this] {
    const QString regrow = explore_->commandOf(focus_.selected());
    const QString image = commandOf(focus_.selected());
    QStringList lines{image, regrow};
    lines.removeAll(QString());
    QApplication::clipboard()->setText(lines.join('\n'));
  });
  on(u"tree.live", [this] { focus_.follow(); });
  on(u"tree.previous_iteration", [this] { stepIteration(-1); });
  on(u"tree.next_iteration", [this] { stepIteration(1); });
  on(u"tree.previous_prompt", [this] { stepPrompt(-1); });
  on(u"tree.next_prompt", [this] { stepPrompt(1); });
  for (const char* layout : layoutNames())
    on(QStringLiteral("view.layout_") + layout,
       [this, name = QString::fromLatin1(layout)] { useLayout(name); });
  on(u"view.reset_layout", [this] { useLayout(QStringLiteral("explore")); });
  const auto change = [this](auto edit) {
    Preferences changed = preferences_;
    edit(changed);
    setPreferences(changed);
    savePreferences(changed);
  };
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light, ThemeKind::contrast})
    on("view.theme_" + QString::fromLatin1(themeName(kind).data()),
       [change, kind] { change([kind](Preferences& p) { p.theme = kind; }); });
  const auto zoom = [change](int tenths) {
    change([tenths](Preferences& p) { p.zoom = zoomedBy(p.zoom, tenths); });
  };
  on(u"view.zoom_in", [zoom] { zoom(1); });
  on(u"view.zoom_out", [zoom] { zoom(-1); });
  on(u"view.zoom_reset", [change] { change([](Preferences& p) { p.zoom = 1; }); });
  on(u"view.full_screen", [this] { isFullScreen() ? showNormal() : showFullScreen(); });
  on(u"view.palette", [this] { CommandPalette(actions_.all(), this).exec(); });
  on(u"help.guide", [this] { showGuide(this, guidePage(docks_.all(), *compare_page_)); });
  on(u"help.keys", [this] { showKeys(this); });
  on(u"help.about", [this] { showAbout(this); });
  connect(&actions_, &Actions::keysChanged, this, &MainWindow::tellKeys);
  tellKeys();
}

// Views that say how a thing is done name the keys that do it now.
void MainWindow::tellKeys() {
  const QString train = actions_.howTo(u"run.toggle");
  for (TreeCanvas* canvas : findChildren<TreeCanvas*>()) canvas->setHowToTrain(train);
  curves_->setHowToTrain(train);
  compare_page_->setHowToCompare(actions_.howTo(u"compare.runs"));
}

void MainWindow::say(const QString& kind, const QString& sentence) {
  log_->addLine(kind, sentence);
}

}  // namespace treegrpo
