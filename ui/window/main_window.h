// The window: puts views, docks, menus and tool bar together and wires them to what is looked at
// (Focus), the run as a whole (History) and the run in progress (Session). No logic of its own.
#pragma once

#include <QLabel>
#include <QMainWindow>
#include <QTimer>
#include <filesystem>

#include "actions.h"
#include "canvas/frame_budget.h"
#include "focus.h"
#include "history.h"
#include "jobs.h"
#include "preferences.h"
#include "session.h"
#include "window/explore_commands.h"
#include "window/new_run_commands.h"
#include "window/run_commands.h"
#include "window/session_memory.h"
#include "window/window_docks.h"

class QComboBox;
class QSpinBox;
class QStackedWidget;

namespace treegrpo {

class CanvasHeader;
class CompareCommands;
class ComparePage;
class EventLog;
class FaultCommands;
class FilmStrip;
class FollowCommands;
class FindBar;
class IterationList;
class LibraryCommands;
class JobList;
class MessageStrip;
class NodeInspector;
class PromptList;
class RewardView;
class RunCurves;
class RunList;
class ScheduleEditor;
class ProbeStripView;
class RunStatusBar;
class TreeCanvas;

// How canvases are painted.
enum class CanvasKind { automatic, gl, software };

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  MainWindow(std::filesystem::path store, Workbench::LoadEngine load,
             const Preferences& preferences, CanvasKind canvas);
  ~MainWindow() override;

  const Actions& actions() const { return actions_; }
  Session& session() { return session_; }
  Focus& focus() { return focus_; }
  RunCommands& commands() { return *commands_; }

  // Shows the newest run of the store, or grows a first tree where there is none and `grow` says
  // so. Once, after the window is shown.
  void openStore(bool grow);
  // One of the four layouts, or that of the last session. Throws Error that says which there are.
  void useLayout(const QString& name);
  void setPreferences(const Preferences& preferences);
  // From now on closing asks nothing: a run is stopped with a checkpoint.
  void closeWithoutAsking();

 Q_SIGNALS:
  void storeChosen(const QString& file);  // another workspace is to be opened

 protected:
  void closeEvent(QCloseEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  // Whatever a user does in the window is answered before a run in progress.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildViews();
  void buildDocks();
  void addTreeTable();
  void buildMenuBar();
  void buildToolBar();
  void wireTree();
  void wireRun();
  void wireRuns();
  void readRuns();
  void wireActions();
  void wireFile();
  void wireWeights();
  void wireCancel();
  void wireFaults();
  void wirePace();
  void wireExploring();
  void wireSchedule();
  void wireCompare();
  void wireLibrary();
  std::vector<RunId> runsToCompare() const;
  void showPage();
  void tellKeys();
  void wireFollowing();
  void wireQueue();
  void wireReadOnly();
  void showQueue();
  void wireFigures();
  void useGl(CanvasKind kind);
  QImage selectedImage() const;  // null where it is not stored
  void saveImage();
  RunId runToOpen(const std::vector<RunSummary>& runs);
  void showTree();
  void selectBroken();
  void showPromptsOf(const Place& place);
  void sayReadOnly();
  void showView();
  void showSelection();
  void showLive();
  void showRun();
  void showRunStatus();
  void showStoreSize();
  void addRecent(const QString& file);
  void contextMenu(std::int32_t node, QPoint at);
  void stepIteration(int by);
  void stepPrompt(int by);
  void say(const QString& kind, const QString& sentence);
  QString commandOf(std::int32_t node) const;
  void chooseStore(const QString& file);
  void fitToWidth();
  void saveSession();
  bool restoreSession();
  QString storeName() const;

  Preferences preferences_;
  Session session_;
  Focus focus_;
  History history_;
  Jobs jobs_;
  Actions actions_;
  WindowDocks docks_;
  RunCommands* commands_ = nullptr;
  FaultCommands* faults_ = nullptr;
  FollowCommands* follow_ = nullptr;
  ExploreCommands* explore_ = nullptr;
  NewRunCommands* new_run_ = nullptr;
  CompareCommands* compare_ = nullptr;
  LibraryCommands* library_ = nullptr;

  QStackedWidget* pages_ = nullptr;  // the tree, runs side by side
  ComparePage* compare_page_ = nullptr;
  TreeCanvas* canvas_ = nullptr;
  CanvasHeader* header_ = nullptr;
  FindBar* find_ = nullptr;
  MessageStrip* strip_ = nullptr;
  NodeInspector* inspector_ = nullptr;
  RunList* runs_ = nullptr;
  PromptList* prompts_ = nullptr;
  IterationList* iterations_ = nullptr;
  RewardView* rewards_ = nullptr;
  FilmStrip* path_ = nullptr;
  RunCurves* curves_ = nullptr;
  EventLog* log_ = nullptr;
  JobList* queue_ = nullptr;
  ScheduleEditor* schedule_ = nullptr;
  ProbeStripView* probes_ = nullptr;
  RunStatusBar* status_ = nullptr;
  QComboBox* prompt_choice_ = nullptr;
  QSpinBox* iteration_choice_ = nullptr;
  QLabel* live_ = nullptr;
  QMenu* view_menu_ = nullptr;
  QMenu* recent_menu_ = nullptr;
  QTimer autosave_;
  std::shared_ptr<FrameBudget> budget_;
  double followed_at_ = 0;      // when a followed tree's change was shown last
  QString layout_;              // the one chosen last
  bool sized_ = false;          // its docks were given their sizes in the window as it is shown
  std::optional<Place> place_;  // of the last session, until its run is read
  bool closing_ = false;
  bool ask_on_close_ = true;
  Place broken_;  // where something was selected because it is no finite number
  std::int32_t prompt_count_ = 0;
  std::int32_t prompts_of_ = -1;  // the iteration whose prompts are listed
};

}  // namespace treegrpo
