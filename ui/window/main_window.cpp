#include "window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QSettings>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "base/clock.h"
#include "base/error.h"
#include "canvas/gl_probe.h"
#include "canvas/tree_find.h"
#include "comparison/compare_page.h"
#include "comparison/probe_strip.h"
#include "style/fonts.h"
#include "style/studio_style.h"
#include "views/canvas_header.h"
#include "views/event_log.h"
#include "views/film_strip.h"
#include "views/find_bar.h"
#include "views/iteration_list.h"
#include "views/job_list.h"
#include "views/message_strip.h"
#include "views/node_inspector.h"
#include "views/prompt_list.h"
#include "views/reward_view.h"
#include "views/run_curves.h"
#include "views/run_list.h"
#include "views/run_status.h"
#include "views/schedule_editor.h"
#include "views/tree_canvas.h"
#include "views/tree_table.h"
#include "window/compare_commands.h"
#include "window/library_commands.h"
#include "window/menus.h"
#include "window/own_keys.h"

namespace treegrpo {
namespace {

constexpr int layout_version = 3;  // of what saveState() wrote: another one is not restored
constexpr int autosave_milliseconds = 60'000;
constexpr double follow_seconds = .1;  // least time between two pictures of a tree that grows
constexpr double follow_share = .025;  // of a core, for all of the window while a run trains
constexpr double narrow_width = 1300;  // px at 100 %: below it all docks of the sides stand left
constexpr double tight_width = 1190;   // below it the tool bar has icons alone
constexpr const char* tool_word = "tool_word";
constexpr int least_prompt_letters = 12;
constexpr int least_inspector = 330, least_lists = 230;  // px that their tables need

}  // namespace

MainWindow::MainWindow(std::filesystem::path store, Workbench::LoadEngine load,
                       const Preferences& preferences, CanvasKind canvas)
    : preferences_(preferences),
      session_(std::move(store), std::move(load)),
      focus_(session_),
      history_(session_),
      jobs_(session_),
      actions_(this),
      docks_(*this) {
  // Before any widget is made: one that has its font already keeps it.
  applyTheme(*qApp, preferences.theme, preferences.zoom);
  setObjectName("main_window");
  setWindowTitle(
      tr("%1 – TreeGRPO Studio").arg(QString::fromStdString(session_.store().filename().string())));
  setMinimumSize(900, 600);
  setAcceptDrops(true);
  actions_.setKeys(loadKeys());
  commands_ = new RunCommands(
      session_, actions_, [this] { return history_.summary(); }, this);
  buildViews();
  buildDocks();
  buildMenuBar();
  buildToolBar();
  wireTree();
  wireRun();
  wireRuns();
  wireFaults();
  wireActions();
  wireFile();
  wireWeights();
  wireSchedule();
  wireCompare();
  wireLibrary();
  wireFollowing();
  wireQueue();
  wireReadOnly();
  wireFigures();
  setPreferences(preferences);
  wirePace();
  useGl(canvas);
  sized_ = restoreSession();
  if (!sized_) useLayout(QStringLiteral("explore"));
  connect(&autosave_, &QTimer::timeout, this, &MainWindow::saveSession);
  autosave_.start(autosave_milliseconds);
  showTree();
  canvas_->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildViews() {
  strip_ = new MessageStrip;
  header_ = new CanvasHeader(actions_);
  find_ = new FindBar(QString::fromUtf8(find_syntax));
  canvas_ = new TreeCanvas;
  canvas_->setFocusPolicy(Qt::StrongFocus);
  actions_.addTo(canvas_, ActionScope::tree);
  actions_.addTo(this, ActionScope::window);
  auto* central = new QWidget;
  auto* column = new QVBoxLayout(central);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(header_);
  column->addWidget(find_);
  column->addWidget(canvas_, 1);
  compare_page_ = new ComparePage;
  for (TreeCanvas* canvas : compare_page_->trees().canvases())
    actions_.addTo(canvas, ActionScope::tree);
  pages_ = new QStackedWidget;
  pages_->addWidget(central);
  pages_->addWidget(compare_page_);
  auto* whole = new QWidget;
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(strip_);
  rows->addWidget(pages_, 1);
  setCentralWidget(whole);
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
  path_ = new FilmStrip;
  curves_ = new RunCurves;
  log_ = new EventLog;
  schedule_ = new ScheduleEditor;
  probes_ = new ProbeStripView;
  queue_ = new JobList;
  const auto left = Qt::LeftDockWidgetArea, bottom = Qt::BottomDockWidgetArea;
  docks_.add("dock_runs", tr("Runs"), runs_, left);
  docks_.add("dock_prompts", tr("Prompts"), prompts_, left);
  docks_.add("dock_iterations", tr("Iterations"), iterations_, left, "dock_prompts");
  docks_.add("dock_rewards", tr("Rewards of this tree"), rewards_, left);
  docks_.add("dock_inspector", tr("Node inspector"), inspector_, Qt::RightDockWidgetArea);
  QDockWidget* path = docks_.add("dock_path", tr("Path"), path_, bottom);
  docks_.add("dock_curves", tr("Curves"), curves_, bottom);
  // The title names the node, the menu the dock.
  connect(path_, &QWidget::windowTitleChanged, path, [path](const QString& title) {
    path->setWindowTitle(title);
    path->toggleViewAction()->setText(tr("Path"));
  });
  docks_.add("dock_log", tr("Events"), log_, bottom, "dock_curves");
  docks_.add("dock_schedule", tr("Schedule"), schedule_, bottom, "dock_curves")->hide();
  docks_.add("dock_probes", tr("Probes"), probes_, bottom, "dock_curves")->hide();
  docks_.add("dock_queue", tr("Queue"), queue_, bottom, "dock_curves")->hide();
  addTreeTable();
  auto* keys = new OwnKeys(this);
  keys->watch(this);
  for (const auto& [name, dock] : docks_.all()) keys->watch(dock);
}

// It reads the focus itself: nothing else in the window has to do with it.
void MainWindow::addTreeTable() {
  auto* table = new TreeTable;
  QDockWidget* dock = docks_.add("dock_tree_table", tr("Tree as table"), table,
                                 Qt::BottomDockWidgetArea, "dock_curves");
  dock->hide();
  connect(&focus_, &Focus::treeChanged, table,
          [this, table] { table->setTree(focus_.tree(), focus_.figures(), focus_.selected()); });
  connect(&focus_, &Focus::selectionChanged, table,
          [this, table] { table->setNode(focus_.selected()); });
  connect(table, &TreeTable::nodeChosen, &focus_, &Focus::select);
  connect(actions_[u"view.tree_table"], &QAction::triggered, dock, [dock, table] {
    dock->show();
    dock->raise();
    table->setFocus();
  });
}

void MainWindow::buildMenuBar() {
  view_menu_ = buildMenus(*menuBar(), actions_, QStringLiteral("View"));
  view_menu_->addSeparator();
  for (QAction* toggle : docks_.toggles()) view_menu_->addAction(toggle);
  recent_menu_ = new QMenu(tr("Recent workspaces"), this);
  for (QAction* menu : menuBar()->actions())
    if (menu->text() == QLatin1String("&File"))
      menu->menu()->insertMenu(actions_[u"file.save_image"], recent_menu_);

  menuBar()->setCornerWidget(layoutSwitch(actions_, layoutNames()));
}

void MainWindow::buildToolBar() {
  auto* bar = addToolBar(tr("Run"));
  bar->setObjectName("tool_bar");
  bar->setMovable(false);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  addRunButtons(*bar, actions_);
  bar->addSeparator();
  bar->addWidget(new QLabel(tr("Prompt")))->setObjectName(tool_word);
  prompt_choice_ = new QComboBox;
  prompt_choice_->setObjectName("prompt_choice");
  prompt_choice_->setAccessibleName(tr("Prompt"));
  prompt_choice_->setMinimumContentsLength(least_prompt_letters);
  prompt_choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  prompt_choice_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  prompt_choice_->setToolTip(tr("The prompt whose tree is shown"));
  bar->addWidget(iconButton(actions_[u"tree.previous_prompt"]));
  bar->addWidget(prompt_choice_);
  bar->addWidget(iconButton(actions_[u"tree.next_prompt"]));
  bar->addWidget(new QLabel(tr("Iteration")))->setObjectName(tool_word);
  iteration_choice_ = new QSpinBox;
  iteration_choice_->setObjectName("iteration_choice");
  iteration_choice_->setAccessibleName(tr("Iteration"));
  iteration_choice_->setToolTip(tr("The iteration whose tree is shown; choosing one pins it"));
  iteration_choice_->setKeyboardTracking(false);
  iteration_choice_->setRange(0, 0);
  bar->addWidget(iconButton(actions_[u"tree.previous_iteration"]));
  bar->addWidget(iteration_choice_);
  bar->addWidget(iconButton(actions_[u"tree.next_iteration"]));
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

// Canvases and the tree that is followed share one budget, so that the run keeps its cores.
void MainWindow::wirePace() {
  budget_ = std::make_shared<FrameBudget>(follow_share);
  for (CanvasView* view : findChildren<CanvasView*>()) view->setBudget(budget_);
  const auto share = [this](RunState state) { budget_->setShared(state == RunState::running); };
  share(session_.state());
  connect(&session_, &Session::stateChanged, this, share);
  focus_.setPace([this] {
    const double now = monotonic_seconds();
    return static_cast<int>(1000 * std::max(follow_seconds - (now - followed_at_),
                                            budget_->wait(thread_seconds(), now)));
  });
  qApp->installEventFilter(this);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::Wheel:
    case QEvent::KeyPress:
    case QEvent::Shortcut:
      budget_->hurry(monotonic_seconds());
      break;
    default:
      break;
  }
  return QMainWindow::eventFilter(watched, event);
}

// Where it is wanted and possible; else QPainter paints.
void MainWindow::useGl(CanvasKind kind) {
  if (kind == CanvasKind::software) return;
  const GlProbe gl = probeGl(kind == CanvasKind::gl ? SoftwareGl::allowed : SoftwareGl::refused);
  if (!gl.usable) {
    say("canvas",
        tr("The canvas is painted without OpenGL: %1").arg(QString::fromStdString(gl.why_not)));
    if (kind == CanvasKind::gl)
      strip_->say(
          MessageStrip::Kind::warning,
          tr("There is no OpenGL for the canvas here: %1").arg(QString::fromStdString(gl.why_not)));
    return;
  }
  for (CanvasView* view : findChildren<CanvasView*>()) {
    connect(view, &CanvasView::glLost, this, [this](const QString& sentence) {
      strip_->say(MessageStrip::Kind::warning, sentence);
    });
    view->useGl(true);
  }
}

void MainWindow::useLayout(const QString& name) {
  const auto named = [&](const char* layout) { return name == QLatin1String(layout); };
  if (std::ranges::none_of(layoutNames(), named))
    throw Error("there is no layout '" + name.toStdString() +
                    "'; there are explore, train, compare and figure",
                ErrorKind::usage);
  layout_ = name;
  showPage();  // first: docks get the room that it leaves
  docks_.apply(name);
  for (const char* layout : layoutNames())
    actions_[QStringLiteral("view.layout_") + layout]->setChecked(named(layout));
}

void MainWindow::setPreferences(const Preferences& preferences) {
  if (preferences.theme != preferences_.theme || preferences.zoom != preferences_.zoom)
    applyTheme(*qApp, preferences.theme, preferences.zoom);
  preferences_ = preferences;
  const Theme& looks = theme(preferences.theme);
  const FontSet fonts = loadFonts(uiScale(preferences.zoom));
  actions_.setTheme(looks);
  for (CanvasView* view : findChildren<CanvasView*>()) view->setLooks(looks, fonts);
  inspector_->setLooks(looks);
  prompts_->setLooks(looks);
  log_->setLooks(looks);
  queue_->setLooks(looks);
  curves_->setLooks(looks, fonts);
  runs_->setLooks(looks);
  schedule_->setLooks(looks, fonts);
  probes_->setLooks(looks, fonts);
  compare_page_->setLooks(looks, fonts);
  library_->setLooks(looks);
  new_run_->setTheme(looks);
  docks_.refresh();
  docks_.setScale(fonts.scale);
  const bool less = movesLess(preferences);
  setAnimated(!less);  // docks
  canvas_->setReducedMotion(less);
  compare_page_->setReducedMotion(less);
  commands_->setPreferences(preferences);
  if (isVisible()) fitToWidth();
  for (const ThemeKind kind : {ThemeKind::dark, ThemeKind::light, ThemeKind::contrast})
    actions_["view.theme_" + QString::fromLatin1(themeName(kind).data())]->setChecked(
        preferences.theme == kind);
}

void MainWindow::closeWithoutAsking() {
  ask_on_close_ = false;
  close();
}

// A run in progress ends with a checkpoint first; the window closes when it has.
void MainWindow::closeEvent(QCloseEvent* event) {
  saveSession();
  if (!session_.trainsHere()) return event->accept();
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

// Docks that were given their sizes before the window was laid out fall back to their least ones.
void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (std::exchange(sized_, true)) return;
  QTimer::singleShot(0, this, [this] { docks_.giveSizes(layout_); });
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  fitToWidth();
}

// All lengths grow with the text.
void MainWindow::fitToWidth() {
  const double scale = uiScale(preferences_.zoom);
  inspector_->setMinimumWidth(qRound(least_inspector * scale));
  prompts_->setMinimumWidth(qRound(least_lists * scale));
  const bool narrow = width() < narrow_width * scale;
  docks_.setNarrow(narrow);
  const auto shorten = [this](const char* button, bool on) {
    findChild<QToolButton*>(QLatin1String(button))
        ->setToolButtonStyle(on ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
  };
  shorten("button_run.sample", narrow);
  // All of the tool bar stays in sight: what its words say is in tooltips, too.
  const bool tight = width() < tight_width * scale;
  for (const char* button :
       {"button_run.toggle", "button_run.pause", "button_run.step", "button_run.stop"})
    shorten(button, tight);
  for (QAction* part : findChild<QToolBar*>("tool_bar")->actions())
    if (part->objectName() == QLatin1String(tool_word)) part->setVisible(!tight);
}

void MainWindow::saveSession() {
  QSettings settings;
  settings.setValue("window/narrow", docks_.isNarrow());
  settings.setValue("window/layout", layout_);
  settings.setValue("window/geometry", saveGeometry());
  settings.setValue("window/state", saveState(layout_version));
  if (focus_.place().iteration >= 0) rememberSession(storeName(), {focus_.place(), focus_.marks()});
}

QString MainWindow::storeName() const {
  return QString::fromStdString(std::filesystem::absolute(session_.store()).string());
}

bool MainWindow::restoreSession() {
  const QSettings settings;
  resize(QSize(1600, 1000).boundedTo(screen()->availableGeometry().size()));
  restoreGeometry(settings.value("window/geometry").toByteArray());
  // The screen may be another one than last time.
  resize(size().boundedTo(screen()->availableGeometry().size()));
  docks_.restoreNarrow(settings.value("window/narrow", false).toBool());
  if (!restoreState(settings.value("window/state").toByteArray(), layout_version)) return false;
  layout_ = settings.value("window/layout").toString();
  if (QAction* action = findChild<QAction*>("view.layout_" + layout_)) action->setChecked(true);
  showPage();
  return true;
}

}  // namespace treegrpo
