// The editor of a branching schedule: lane plot and table over one draft, its cost, its window over
// the training. It changes nothing in a run: it tells what the user wants to apply.
#pragma once

#include <QStringList>
#include <QUndoStack>
#include <QWidget>
#include <functional>
#include <vector>

#include "models/schedule_model.h"
#include "record/run_config.h"
#include "style/fonts.h"
#include "style/theme.h"
#include "tree/keyframes.h"
#include "tree/schedule_cost.h"
#include "tree/schedule_draft.h"

class QLabel;
class QScrollArea;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;

namespace treegrpo {

class ScheduleCostPanel;
class ScheduleKeyframesView;
class ScheduleKeys;
class ScheduleLanesView;
class ScheduleStartsView;
class ScheduleTable;

class ScheduleEditor : public QWidget {
  Q_OBJECT

 public:
  explicit ScheduleEditor(QWidget* parent = nullptr);

  void setLooks(const Theme& theme, const FontSet& fonts);

  // The run as it is now, and its newest iteration (-1: none yet). Edits of the draft stay, unless
  // it is another run; what was applied since is no longer an edit.
  void setRun(const RunConfig& config, int iteration);
  // What this machine takes for one row and so on; what the newest iteration of a run did cost, and
  // the options that it was made with, from which its cost is predicted.
  void setMeasured(const RunConfig& config, const MeasuredFigures& figures,
                   const MeasuredIteration& iteration);
  // Changes that were asked for and wait for their iteration.
  void setPending(int changes);

  const RunConfig& draft() const { return config_; }
  // Why the draft cannot be applied; empty if it can.
  const std::vector<ScheduleProblem>& problems() const { return problems_; }
  QUndoStack* undoStack() { return &undo_; }

 Q_SIGNALS:
  void draftChanged(bool valid, int changes);
  // Each "key=value", in the order to set them.
  void applyAsked(const QStringList& overrides);
  void discardAsked();

 public Q_SLOTS:
  // All edits away, as one that can be undone.
  void discard();
  // The iteration whose schedule is shown and edited.
  void showIteration(int iteration);

 private:
  // Building, once.
  QWidget* makeBar();
  QWidget* makeBody();
  QWidget* makeFoot();
  QWidget* makeKeyframes();
  void addUndoButtons();
  void wireLanes();
  void wireTable();

  // Edits: each makes another config. kind: edits of the same kind that follow each other are one
  // step of undo; 0: never.
  void change(const RunConfig& next, const QString& words, int kind);
  // Of the iteration that is shown: in the keyframe that holds then, or in the config itself.
  void changeShown(const RunConfig& wanted, const QString& words, int kind);
  void changeDrawing(const TreeSchedule& schedule, const QString& words, int kind);
  void changeSteps(int first, int last, const QString& words,
                   const std::function<void(StepPlan&)>& edit);
  void editCells(ScheduleRow row, const QList<int>& steps, double value, int stroke);
  void editKey(const QString& key, const QString& value);
  void paintSteps(int first, int last, bool noisy, int kind);
  void addKeyframe();
  void removeKeyframe();
  void moveKeyframe(int keyframe, int iteration, int stroke);
  void setDraft(const ScheduleDraft& draft);

  // Showing what the draft is.
  void tell();
  void showDrawing();
  void showCost();
  void showStarts();
  void showKeyframes();
  void showProblems();
  void sayOfDraft(const QString& words, const char* tone, std::size_t of);
  void showFoot();
  void apply();
  TreeSchedule drawing() const { return drawn_schedule(config_, shown_); }
  // The draft and the run as they are in the iteration that is shown, without keyframes.
  RunConfig drawn() const { return config_at(config_, shown_); }
  RunConfig ofRun() const { return config_at(base_, shown_); }
  // Where a new keyframe would begin: what is over is not changed any more.
  int newKeyframe() const { return std::max({1, shown_, iteration_ + 1}); }

  RunConfig base_, config_;
  int iteration_ = -1, shown_ = 0, pending_ = 0;
  bool has_run_ = false;
  MeasuredFigures figures_ = nothing_measured();
  MeasuredIteration measured_;
  CostEstimate predicted_;
  std::vector<ScheduleProblem> problems_;
  QUndoStack undo_;

  ScheduleKeys* keys_;
  ScheduleLanesView* lanes_;
  ScheduleTable* table_;
  ScheduleStartsView* starts_;
  ScheduleKeyframesView* keyframes_;
  ScheduleCostPanel* cost_;
  QScrollArea* cost_scroll_;
  QSlider* scrub_;
  QSpinBox* shown_box_;
  QLabel *problem_, *changes_, *change_words_;
  QPushButton *discard_, *apply_;
  QToolButton *undo_button_, *redo_button_;
  QToolButton *add_keyframe_, *remove_keyframe_;
};

}  // namespace treegrpo
