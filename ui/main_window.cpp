#include "main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolBar>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "base/error.h"
#include "canvas/gl_probe.h"
#include "menus.h"
#include "style/fonts.h"
#include "style/studio_style.h"
#include "tree/schedule.h"
#include "views/canvas_header.h"
#include "views/command_palette.h"
#include "views/event_log.h"
#include "views/film_strip.h"
#include "views/guide.h"
#include "views/iteration_list.h"
#include "views/message_strip.h"
#include "views/node_inspector.h"
#include "views/preferences_dialog.h"
#include "views/prompt_list.h"
#include "views/reward_view.h"
#include "views/run_curves.h"
#include "views/run_list.h"
#include "views/run_status.h"
#include "views/tree_canvas.h"
#include "weights_commands.h"

namespace treegrpo {
namespace {

constexpr int layout_version = 2;  // of what saveState() wrote: another one is not restored
constexpr int autosave_milliseconds = 60'000;
constexpr int most_recent = 10;
constexpr int least_inspector = 330, least_lists = 230;  // px that their tables need
constexpr int message_milliseconds = 5'000;
constexpr std::array layout_names = {"explore", "train", "compare", "figure"};
constexpr const char* workspace_files = "Workspaces (*.tgws)";

QString toQString(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

MainWindow::MainWindow(std::filesystem::path store, Workbench::LoadEngine load,
                       const Preferences& preferences, CanvasKind canvas)
    : preferences_(preferences),
      session_(std::move(store), std::move(load)),
      focus_(session_),
      history_(session_),
      actions_(this),
      docks_(*this) {
  // Before any widget is made: one that has its font already keeps it.
  applyTheme(*qApp, preferences.theme, preferences.zoom);
  setObjectName("main_window");
  setWindowTitle(tr("%1 – TreeGRPO Studio").arg(toQString(session_.store().filename().string())));
  setMinimumSize(900, 600);
  setAcceptDrops(true);
  commands_ = new RunCommands(
      session_, actions_, [this] { return history_.summary(); }, this);
  buildViews();
  buildDocks();
  buildBars();
  wireTree();
  wireRun();
  wireRuns();
  wireActions();
  wireFile();
  wireWeights();
  setPreferences(preferences);
  const auto budget = std::make_shared<FrameBudget>();
  for (CanvasView* view : findChildren<CanvasView*>()) view->setBudget(budget);
  useGl(canvas);
  if (!restoreSession()) useLayout(QStringLiteral("explore"));
  connect(&autosave_, &QTimer::timeout, this, &MainWindow::saveSession);
  autosave_.start(autosave_milliseconds);
  showTree();
  canvas_->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildViews() {
  strip_ = new MessageStrip;
  header_ = new CanvasHeader(actions_);
  canvas_ = new TreeCanvas;
  canvas_->setFocusPolicy(Qt::StrongFocus);
  actions_.addTo(canvas_, ActionScope::tree);
  actions_.addTo(this, ActionScope::window);
  auto* central = new QWidget;
  auto* column = new QVBoxLayout(central);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(strip_);
  column->addWidget(header_);
  column->addWidget(canvas_, 1);
  setCentralWidget(central);
  status_ = new RunStatusBar(this);
  setStatusBar(status_);
}

void MainWindow::buildDocks() {
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  setDockNestingEnabled(true);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  runs_ = new RunList;
  prompts_ = new PromptList;
  iterations_ = new IterationList;
  rewards_ = new RewardView;
  inspector_ = new NodeInspector;
  inspector_->setMinimumWidth(least_inspector);
  prompts_->setMinimumWidth(least_lists);
  path_ = new FilmStrip;
  curves_ = new RunCurves;
  log_ = new EventLog;
  const auto left = Qt::LeftDockWidgetArea, bottom = Qt::BottomDockWidgetArea;
  docks_.add("dock_runs", tr("Runs"), runs_, left);
  docks_.add("dock_prompts", tr("Prompts"), prompts_, left);
  docks_.add("dock_iterations", tr("Iterations"), iterations_, left, "dock_prompts");
  docks_.add("dock_rewards", tr("Rewards of this tree"), rewards_, left);
  docks_.add("dock_inspector", tr("Node inspector"), inspector_, Qt::RightDockWidgetArea);
  QDockWidget* path = docks_.add("dock_path", tr("Path"), path_, bottom);
  QDockWidget* curves = docks_.add("dock_curves", tr("Curves"), curves_, bottom);
  splitDockWidget(path, curves, Qt::Vertical);
  connect(path_, &QWidget::windowTitleChanged, path, &QWidget::setWindowTitle);
  docks_.add("dock_log", tr("Events"), log_, bottom, "dock_curves");
}

void MainWindow::buildBars() {
  view_menu_ = buildMenus(*menuBar(), actions_, QStringLiteral("View"));
  view_menu_->addSeparator();
  for (const auto& [name, dock] : docks_.all()) view_menu_->addAction(dock->toggleViewAction());
  recent_menu_ = new QMenu(tr("Recent workspaces"), this);
  for (QAction* menu : menuBar()->actions())
    if (menu->text() == QLatin1String("&File"))
      menu->menu()->insertMenu(actions_[u"file.save_image"], recent_menu_);

  auto* bar = addToolBar(tr("Run"));
  bar->setObjectName("tool_bar");
  bar->setMovable(false);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  addRunButtons(*bar, actions_);
  bar->addSeparator();
  bar->addWidget(new QLabel(tr("Prompt ")));
  prompt_choice_ = new QComboBox;
  prompt_choice_->setObjectName("prompt_choice");
  prompt_choice_->setMinimumContentsLength(28);
  prompt_choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  prompt_choice_->setToolTip(tr("The prompt whose tree is shown"));
  bar->addWidget(prompt_choice_);
  bar->addWidget(new QLabel(tr("  Iteration ")));
  iteration_choice_ = new QSpinBox;
  iteration_choice_->setObjectName("iteration_choice");
  iteration_choice_->setToolTip(tr("The iteration whose tree is shown; choosing one pins it"));
  iteration_choice_->setKeyboardTracking(false);
  iteration_choice_->setRange(0, 0);
  bar->addWidget(iteration_choice_);
  auto* space = new QWidget;
  space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(space);
  live_ = new QLabel;
  live_->setObjectName("live_pill");
  live_->setToolTip(
      tr("LIVE: the tree of the run in progress is shown as it grows. Paused: this "
         "tree is held; L goes back to live"));
  bar->addWidget(live_);
}

// Where it is wanted and possible; else QPainter paints.
void MainWindow::useGl(CanvasKind kind) {
  if (kind == CanvasKind::software) return;
  const GlProbe gl = probeGl(kind == CanvasKind::gl ? SoftwareGl::allowed : SoftwareGl::refused);
  if (!gl.usable) {
    say("canvas", tr("The canvas is painted without OpenGL: %1").arg(toQString(gl.why_not)));
    if (kind == CanvasKind::gl)
      strip_->say(MessageStrip::Kind::warning,
                  tr("There is no OpenGL for the canvas here: %1").arg(toQString(gl.why_not)));
    return;
  }
  for (CanvasView* view : findChildren<CanvasView*>()) {
    connect(view, &CanvasView::glLost, this, [this](const QString& sentence) {
      strip_->say(MessageStrip::Kind::warning, sentence);
    });
    view->useGl(true);
  }
}

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
    if (state == RunState::running && strip_->kind() == MessageStrip::Kind::info) strip_->hide();
    showLive();
    if (closing_ && state == RunState::idle) close();
  });
  connect(&session_, &Session::runStarted, this, [this](RunId, const RunStarted& started) {
    status_->forgetIterations();
    status_->setMachine(tr("%1 · %2 · %3 threads")
                            .arg(toQString(started.method), toQString(started.device))
                            .arg(started.threads));
    say("run", tr("Run '%1' started: seed %2").arg(toQString(started.name)).arg(started.seed));
    focus_.follow();
  });
  connect(&session_, &Session::runResumed, this, [this](RunId, const RunResumed& resumed) {
    say("run", tr("Run '%1' goes on at iteration %2")
                   .arg(toQString(resumed.run.name))
                   .arg(resumed.iteration));
  });
  connect(&session_, &Session::runPaused, this, [this](RunId, std::int32_t iteration) {
    say("run", tr("Paused in iteration %1").arg(iteration));
  });
  connect(&session_, &Session::runFinished, this, [this](RunId run, const RunFinished& finished) {
    say("run", tr("Run %1 after %2 iterations")
                   .arg(toQString(run_status_name(finished.status)))
                   .arg(finished.iterations));
    history_.reload();
    Q_UNUSED(run)
  });
  connect(&session_, &Session::checkpointWritten, this,
          [this](RunId, const CheckpointWritten& written) {
            say("checkpoint", tr("Checkpoint after %1 iterations: %2")
                                  .arg(written.iteration)
                                  .arg(toQString(written.path)));
          });
  connect(&session_, &Session::warned, this,
          [this](const QString& sentence) { say("warning", sentence); });
  connect(&session_, &Session::failed, this, [this](const QString& sentence) {
    say("error", sentence);
    strip_->say(MessageStrip::Kind::error, sentence);
  });
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
  connect(&history_, &History::promptsRead, this, [this](const std::vector<PromptRewards>& all) {
    std::vector<PromptRow> rows;
    const QSignalBlocker quiet(prompt_choice_);
    prompt_choice_->clear();
    for (const PromptRewards& prompt : all) {
      rows.push_back({prompt.prompt, prompt.text, prompt.leaf_rewards, prompt.mean});
      prompt_choice_->addItem(toQString(prompt.text));
    }
    prompt_count_ = static_cast<std::int32_t>(rows.size());
    prompts_->setPrompts(std::move(rows));
    prompts_->setCurrent(focus_.place().prompt);
    prompt_choice_->setCurrentIndex(focus_.place().prompt.value);
  });
}

// Which run is looked at, and what the list of them says of the one in progress.
void MainWindow::wireRuns() {
  connect(runs_, &RunList::runChosen, this, [this](qint64 chosen) {
    const RunId run{chosen};
    const bool in_progress = session_.state() != RunState::idle;
    if (in_progress && run == session_.run()) return focus_.follow();
    if (in_progress) focus_.pin();
    history_.load(run);
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
        if (runs) runs_->setRuns(std::move(*runs));
      });
}

void MainWindow::wireWeights() {
  auto* weights = new WeightsCommands(
      session_, history_, actions_,
      [this] { return focus_.tree() ? toQString(focus_.tree()->text) : QString(); }, this);
  connect(weights, &WeightsCommands::evaluated, this, [this](const EvaluationRecord& record) {
    const QString sentence = tr("Held-out reward of these weights: %1 ± %2")
                                 .arg(record.reward, 0, 'f', 3)
                                 .arg(record.reward_error, 0, 'f', 3);
    say("evaluation", sentence);
    strip_->say(MessageStrip::Kind::info, sentence);
  });
  connect(&session_, &Session::computingChanged, this, [this](bool computing) {
    status_->showMessage(computing ? tr("The engine is at work…") : QString());
  });
}

void MainWindow::showTree() {
  canvas_->setTree(focus_.tree(), focus_.figures());
  canvas_->setGrowing(focus_.growing());
  header_->setTree(focus_.tree(), focus_.growing());
  showView();
  inspector_->setTree(focus_.tree(), focus_.figures(), focus_.trace());
  rewards_->setTree(focus_.tree(), focus_.figures());
  path_->setTree(focus_.tree(), focus_.figures());
  const Place& place = focus_.place();
  showLive();
  if (place.iteration >= 0) {
    // While a run is followed its iterations bring their prompts.
    if (!focus_.following() && place.iteration != prompts_of_)
      history_.readPrompts(prompts_of_ = place.iteration);
    const QSignalBlocker quiet(iteration_choice_);
    iteration_choice_->setMaximum(std::max(iteration_choice_->maximum(), place.iteration));
    iteration_choice_->setValue(place.iteration);
    iterations_->setCurrent(place.iteration);
    curves_->setCurrent(place.iteration);
    prompts_->setCurrent(place.prompt);
    const QSignalBlocker still(prompt_choice_);
    prompt_choice_->setCurrentIndex(place.prompt.value);
  }
  // A tree that is whole explains itself by its best leaf, until the user chooses.
  if (focus_.figures() && focus_.selected() < 0 && !focus_.growing().on &&
      focus_.figures()->best_leaf >= 0)
    focus_.select(focus_.figures()->best_leaf);
  showSelection();
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
  inspector_->setCommand(commandOf(node));
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
  live_->setText(
      live ? tr("● LIVE")
           : (focus_.following()
                  ? tr("No run in progress")
                  : tr("Paused on it %1 · L back to live").arg(focus_.place().iteration)));
  live_->setProperty("pill", live ? "live" : "paused");
  live_->style()->unpolish(live_);
  live_->style()->polish(live_);
  actions_[u"tree.live"]->setEnabled(!focus_.following());
}

void MainWindow::showRun() {
  iterations_->setIterations(history_.iterations());
  curves_->setRun(history_.iterations(), history_.evaluations(), {});
  header_->setRunRule(toQString(history_.config().credit.rule));
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
  if ((idle || !focus_.following()) && focus_.place().run != history_.run())
    focus_.show({history_.run(), last, {0}});
  if (another) history_.readPrompts(prompts_of_ = last);
}

void MainWindow::showRunStatus() {
  const RunSummary& run = history_.summary();
  status_->forgetIterations();
  status_->setPlan(run.iterations_planned);
  for (const IterationRecord& record : history_.iterations()) status_->addIteration(record);
  status_->setMachine(tr("%1 · %2 · %3 threads")
                          .arg(toQString(run.name), toQString(history_.config().run.device))
                          .arg(run.provenance.threads));
  showStoreSize();
}

void MainWindow::showStoreSize() {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(session_.store(), none);
  if (!none) status_->setStoreBytes(static_cast<std::int64_t>(bytes));
}

QString MainWindow::commandOf(std::int32_t node) const {
  const Place& place = focus_.place();
  if (node < 0 || place.iteration < 0) return {};
  return QStringLiteral(
             "treegrpo image %1 --iteration %2 --prompt %3 --node %4 --out node.png "
             "--store '%5'")
      .arg(place.run.value)
      .arg(place.iteration)
      .arg(place.prompt.value)
      .arg(node)
      .arg(toQString(session_.store().string()));
}

void MainWindow::say(const QString& kind, const QString& sentence) {
  log_->addLine(kind, sentence);
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
          history_.load(runs.back().run);
          if (runs.back().status == RunStatus::interrupted)
            strip_->say(MessageStrip::Kind::info,
                        tr("Recovered run '%1' up to iteration %2.")
                            .arg(toQString(runs.back().name))
                            .arg(runs.back().iterations),
                        {actions_[u"run.resume"]});
          return;
        }
        if (!grow) return;
        strip_->say(MessageStrip::Kind::info,
                    tr("This is a live tree from the demo model. Rewards of its images flow back "
                       "along the edges; Space trains."),
                    {actions_[u"run.toggle"], actions_[u"run.new"], actions_[u"file.open"]});
        commands_->growDemoTree();
      });
}

void MainWindow::useLayout(const QString& name) {
  if (!docks_.apply(name))
    throw Error("there is no layout '" + name.toStdString() +
                    "'; there are explore, train, compare and figure",
                ErrorKind::usage);
  for (const char* layout : layout_names)
    actions_[QStringLiteral("view.layout_") + layout]->setChecked(name == QLatin1String(layout));
}

void MainWindow::setPreferences(const Preferences& preferences) {
  preferences_ = preferences;
  applyTheme(*qApp, preferences.theme, preferences.zoom);
  const Theme& looks = theme(preferences.theme);
  const FontSet fonts = loadFonts(uiScale(preferences.zoom));
  actions_.setTheme(looks);
  for (CanvasView* view : findChildren<CanvasView*>()) view->setLooks(looks, fonts);
  inspector_->setLooks(looks);
  prompts_->setLooks(looks);
  log_->setLooks(looks);
  curves_->setLooks(looks, fonts);
  runs_->setLooks(looks);
  canvas_->setReducedMotion(preferences.reduced_motion);
  commands_->setPreferences(preferences);
  actions_[u"view.theme_dark"]->setChecked(preferences.theme == ThemeKind::dark);
  actions_[u"view.theme_light"]->setChecked(preferences.theme == ThemeKind::light);
}

void MainWindow::wireActions() {
  const auto on = [this](QStringView name, auto work) {
    connect(actions_[name], &QAction::triggered, this, work);
  };
  for (std::size_t i = 0; i < actionRows().size(); ++i)
    if (actionRows()[i].scope == ActionScope::tree) {
      QAction* action = actions_.all()[i];
      connect(action, &QAction::triggered, this,
              [this, action] { canvas_->perform(action->objectName()); });
    }
  on(u"edit.back", [this] { focus_.back(); });
  on(u"edit.forward", [this] { focus_.forward(); });
  on(u"edit.copy_node", [this] {
    QApplication::clipboard()->setText(
        toQString(nodeName(*focus_.tree(), *focus_.figures(), focus_.selected())));
  });
  on(u"edit.copy_command",
     [this] { QApplication::clipboard()->setText(commandOf(focus_.selected())); });
  on(u"tree.live", [this] { focus_.follow(); });
  on(u"tree.previous_iteration", [this] { stepIteration(-1); });
  on(u"tree.next_iteration", [this] { stepIteration(1); });
  on(u"tree.previous_prompt", [this] { stepPrompt(-1); });
  on(u"tree.next_prompt", [this] { stepPrompt(1); });
  for (const char* layout : layout_names)
    on(QStringLiteral("view.layout_") + layout,
       [this, name = QString::fromLatin1(layout)] { useLayout(name); });
  on(u"view.reset_layout", [this] { useLayout(QStringLiteral("explore")); });
  const auto change = [this](auto edit) {
    Preferences changed = preferences_;
    edit(changed);
    setPreferences(changed);
    savePreferences(changed);
  };
  on(u"view.theme_dark", [change] { change([](Preferences& p) { p.theme = ThemeKind::dark; }); });
  on(u"view.theme_light", [change] { change([](Preferences& p) { p.theme = ThemeKind::light; }); });
  on(u"view.zoom_in",
     [change] { change([](Preferences& p) { p.zoom = std::min(2., p.zoom + .1); }); });
  on(u"view.zoom_out",
     [change] { change([](Preferences& p) { p.zoom = std::max(.8, p.zoom - .1); }); });
  on(u"view.full_screen", [this] { isFullScreen() ? showNormal() : showFullScreen(); });
  on(u"view.palette", [this] { CommandPalette(actions_.all(), this).exec(); });
  on(u"help.guide", [this] { showGuide(this); });
  on(u"help.keys", [this] { showKeys(this); });
  on(u"help.about", [this] { showAbout(this); });
}

void MainWindow::wireFile() {
  const auto on = [this](QStringView name, auto work) {
    connect(actions_[name], &QAction::triggered, this, work);
  };
  on(u"file.new_store", [this] {
    const QString file =
        QFileDialog::getSaveFileName(this, tr("New workspace"), QString(), tr(workspace_files));
    if (!file.isEmpty()) chooseStore(file.endsWith(".tgws") ? file : file + ".tgws");
  });
  on(u"file.open", [this] {
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Open workspace"), QString(), tr(workspace_files));
    if (!file.isEmpty()) chooseStore(file);
  });
  on(u"file.preferences", [this] {
    PreferencesDialog dialog(preferences_, this);
    if (dialog.exec() != QDialog::Accepted) return;
    setPreferences(dialog.preferences());
    if (!savePreferences(preferences_))
      strip_->say(MessageStrip::Kind::warning,
                  tr("The preferences hold for now but could not be saved: '%1' cannot be written.")
                      .arg(QSettings().fileName()));
  });
  on(u"file.save_image", [this] { saveImage(); });
  on(u"edit.copy_image", [this] {
    const QImage image = selectedImage();
    if (!image.isNull()) QApplication::clipboard()->setImage(image);
  });
  on(u"file.quit", [this] { close(); });
  addRecent(toQString(session_.store().string()));
}

QImage MainWindow::selectedImage() const {
  const std::int32_t node = focus_.selected();
  if (node < 0) return {};
  const Image& image = focus_.tree()->nodes[static_cast<std::size_t>(node)].image;
  return QImage(image.rgb.data(), image.width, image.height, 3 * image.width, QImage::Format_RGB888)
      .copy();
}

void MainWindow::saveImage() {
  const QImage image = selectedImage();
  if (image.isNull())
    return strip_->say(MessageStrip::Kind::warning,
                       tr("This node's picture is not stored: the run keeps inner pictures of "
                          "every n-th iteration (images.every)."));
  const QString file =
      QFileDialog::getSaveFileName(this, tr("Save image"), QString(), tr("Pictures (*.png)"));
  if (file.isEmpty()) return;
  if (!image.save(file, "PNG"))
    strip_->say(MessageStrip::Kind::error,
                tr("'%1' could not be written; choose another folder.").arg(file));
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

void MainWindow::contextMenu(std::int32_t node, QPoint at) {
  focus_.select(node);
  QMenu menu(this);
  for (const auto name :
       {u"tree.reference", u"tree.collapse", u"tree.hoist", u"tree.bookmark", u"tree.fit_subtree"})
    menu.addAction(actions_[QStringView(name)]);
  menu.addSeparator();
  for (const auto name :
       {u"edit.copy_node", u"edit.copy_command", u"edit.copy_image", u"file.save_image"})
    menu.addAction(actions_[QStringView(name)]);
  menu.exec(at);
}

void MainWindow::addRecent(const QString& file) {
  QSettings settings;
  QStringList recent = settings.value("recent/stores").toStringList();
  recent.removeAll(file);
  recent.prepend(file);
  while (recent.size() > most_recent) recent.removeLast();
  settings.setValue("recent/stores", recent);
  recent_menu_->clear();
  for (const QString& store : recent)
    recent_menu_->addAction(store, this, [this, store] { chooseStore(store); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.toLocalFile().endsWith(".tgws")) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (const QString file = url.toLocalFile(); file.endsWith(".tgws")) return chooseStore(file);
}

// A run belongs to its workspace: it is stopped first, by the user.
void MainWindow::chooseStore(const QString& file) {
  if (session_.state() == RunState::idle && !session_.computing()) {
    Q_EMIT storeChosen(file);
    return;
  }
  strip_->say(MessageStrip::Kind::warning,
              tr("A run is in progress in this workspace: stop it, then open '%1'.").arg(file),
              {actions_[u"run.stop"]});
}

void MainWindow::closeWithoutAsking() {
  ask_on_close_ = false;
  close();
}

// A run in progress ends with a checkpoint first; the window closes when it has.
void MainWindow::closeEvent(QCloseEvent* event) {
  saveSession();
  if (session_.state() == RunState::idle) return event->accept();
  event->ignore();
  if (closing_) return session_.stop();
  if (ask_on_close_ &&
      QMessageBox::question(this, tr("Close TreeGRPO Studio?"),
                            tr("A run is in progress. It is stopped with a checkpoint and can be "
                               "resumed later."),
                            QMessageBox::Close | QMessageBox::Cancel,
                            QMessageBox::Close) != QMessageBox::Close)
    return;
  closing_ = true;
  strip_->say(MessageStrip::Kind::info, tr("Stopping the run: its checkpoint is being written."));
  session_.stop();
}

void MainWindow::saveSession() {
  QSettings settings;
  settings.setValue("window/geometry", saveGeometry());
  settings.setValue("window/state", saveState(layout_version));
}

bool MainWindow::restoreSession() {
  const QSettings settings;
  resize(QSize(1600, 1000).boundedTo(screen()->availableGeometry().size()));
  restoreGeometry(settings.value("window/geometry").toByteArray());
  return restoreState(settings.value("window/state").toByteArray(), layout_version);
}

}  // namespace treegrpo
