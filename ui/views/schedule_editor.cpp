#include "views/schedule_editor.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "style/icons.h"
#include "tree/draft_changes.h"
#include "views/schedule_cost_panel.h"
#include "views/schedule_keyframes.h"
#include "views/schedule_keys.h"
#include "views/schedule_lanes.h"
#include "views/schedule_starts.h"
#include "views/schedule_table.h"

namespace treegrpo {
namespace {

constexpr int cost_width = 372;

QWidget* rule() {
  auto* line = new QWidget;
  line->setBackgroundRole(QPalette::Mid);
  line->setAutoFillBackground(true);
  line->setFixedHeight(1);
  return line;
}

}  // namespace

ScheduleEditor::ScheduleEditor(QWidget* parent)
    : QWidget(parent),
      keys_(new ScheduleKeys),
      lanes_(new ScheduleLanesView),
      table_(new ScheduleTable),
      starts_(new ScheduleStartsView),
      keyframes_(new ScheduleKeyframesView),
      cost_(new ScheduleCostPanel) {
  setObjectName("scheduleEditor");
  setAccessibleName(tr("Schedule editor"));
  setFocusProxy(lanes_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  column->addWidget(rule());
  column->addWidget(makeBody(), 1);
  column->addWidget(rule());
  column->addWidget(makeFoot());
  wireLanes();
  wireTable();
  connect(keys_, &ScheduleKeys::methodAsked, this, [this](const QString& name) {
    changeShown(as_method(ofRun(), drawn(), name.toStdString(), shown_), tr("choose a method"), 0);
  });
  connect(keys_, &ScheduleKeys::keyAsked, this, &ScheduleEditor::editKey);
  connect(starts_, &ScheduleStartsView::iterationChosen, this, &ScheduleEditor::showIteration);
  setLooks(theme(ThemeKind::dark), loadFonts(uiScale(1)));
  tell();
}

QWidget* ScheduleEditor::makeBar() {
  addUndoButtons();
  auto* label = new QLabel(tr("Iteration"));
  label->setProperty("role", "secondary");
  scrub_ = new QSlider(Qt::Horizontal);
  scrub_->setObjectName("scheduleScrub");
  scrub_->setAccessibleName(tr("Iteration that is shown"));
  scrub_->setToolTip(tr("The iteration whose schedule is shown: the window moves with it."));
  scrub_->setFixedWidth(120);
  shown_box_ = new QSpinBox;
  shown_box_->setObjectName("scheduleIteration");
  shown_box_->setAccessibleName(tr("Iteration that is shown"));
  shown_box_->setProperty("small", true);
  label->setBuddy(shown_box_);
  for (QWidget* widget : std::initializer_list<QWidget*>{label, scrub_, shown_box_})
    keys_->addTool(widget);
  connect(scrub_, &QSlider::valueChanged, this, &ScheduleEditor::showIteration);
  connect(shown_box_, &QSpinBox::valueChanged, this, &ScheduleEditor::showIteration);
  return keys_;
}

void ScheduleEditor::addUndoButtons() {
  QAction* const actions[] = {undo_.createUndoAction(this, tr("Undo")),
                              undo_.createRedoAction(this, tr("Redo"))};
  const QKeySequence keys[] = {QKeySequence::Undo, QKeySequence::Redo};
  QToolButton** const buttons[] = {&undo_button_, &redo_button_};
  const char* names[] = {"scheduleUndo", "scheduleRedo"};
  for (int at = 0; at < 2; ++at) {
    actions[at]->setShortcut(keys[at]);
    actions[at]->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(actions[at]);
    auto* button = new QToolButton;
    button->setDefaultAction(actions[at]);
    button->setObjectName(names[at]);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setProperty("flat", true);
    keys_->addTool(button);
    *buttons[at] = button;
  }
}

QWidget* ScheduleEditor::makeBody() {
  auto* body = new QWidget;
  auto* row = new QHBoxLayout(body);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* left = new QVBoxLayout;
  left->setSpacing(0);
  left->addWidget(lanes_, 3);
  left->addWidget(table_);
  problem_ = new QLabel;
  problem_->setObjectName("scheduleProblem");
  problem_->setProperty("tone", "error");
  problem_->setWordWrap(true);
  problem_->setContentsMargins(10, 5, 10, 5);
  left->addWidget(problem_);
  left->addWidget(rule());
  left->addWidget(makeKeyframes());
  left->addWidget(rule());
  left->addWidget(starts_, 2);
  row->addLayout(left, 1);
  auto* scroll = cost_scroll_ = new QScrollArea;
  scroll->setAccessibleName(tr("Cost of the schedule"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(cost_);
  row->addWidget(scroll);
  return body;
}

QWidget* ScheduleEditor::makeKeyframes() {
  auto* panel = new QWidget;
  auto* row = new QHBoxLayout(panel);
  row->setContentsMargins(10, 0, 6, 0);
  row->setSpacing(4);
  auto* title = new QLabel(tr("Keyframes"));
  title->setProperty("role", "secondary");
  title->setToolTip(
      tr("The schedule over the training: from a keyframe on it is another one. What is edited "
         "above holds from the keyframe of the iteration that is shown until the next one changes "
         "it."));
  title->setBuddy(keyframes_);
  const auto button = [this](const char* name, const char* sign, void (ScheduleEditor::*slot)()) {
    auto* tool = new QToolButton;
    tool->setObjectName(name);
    tool->setText(QString::fromUtf8(sign));
    tool->setProperty("flat", true);
    connect(tool, &QToolButton::clicked, this, slot);
    return tool;
  };
  add_keyframe_ = button("scheduleAddKeyframe", "+", &ScheduleEditor::addKeyframe);
  remove_keyframe_ = button("scheduleRemoveKeyframe", "−", &ScheduleEditor::removeKeyframe);
  remove_keyframe_->setToolTip(tr("Removes the keyframe that holds in the shown iteration."));
  remove_keyframe_->setAccessibleName(tr("Remove the keyframe"));
  row->addWidget(title);
  row->addWidget(keyframes_, 1);
  row->addWidget(add_keyframe_);
  row->addWidget(remove_keyframe_);
  connect(keyframes_, &ScheduleKeyframesView::iterationChosen, this,
          &ScheduleEditor::showIteration);
  connect(keyframes_, &ScheduleKeyframesView::addAsked, this, &ScheduleEditor::addKeyframe);
  connect(keyframes_, &ScheduleKeyframesView::removeAsked, this, &ScheduleEditor::removeKeyframe);
  connect(keyframes_, &ScheduleKeyframesView::moveAsked, this, &ScheduleEditor::moveKeyframe);
  return panel;
}

QWidget* ScheduleEditor::makeFoot() {
  auto* foot = new QWidget;
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(14, 8, 14, 8);
  changes_ = new QLabel;
  changes_->setObjectName("scheduleChanges");
  changes_->setProperty("role", "strong");
  change_words_ = new QLabel;
  change_words_->setObjectName("scheduleChangeWords");
  change_words_->setProperty("role", "secondary");
  change_words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // all in its tooltip
  discard_ = new QPushButton(tr("&Discard"));
  discard_->setObjectName("scheduleDiscard");
  discard_->setToolTip(tr("Takes all edits back; undo brings them again."));
  apply_ = new QPushButton;
  apply_->setObjectName("scheduleApply");
  apply_->setProperty("primary", true);
  apply_->setToolTip(
      tr("From the next iteration on, whose trees grow together; a checkpoint is written before. "
         "Beside a run "
         "that is not in progress: a new run with what is drawn."));
  row->addWidget(changes_);
  row->addWidget(change_words_, 1);
  row->addWidget(discard_);
  row->addWidget(apply_);
  connect(discard_, &QPushButton::clicked, this, [this] {
    discard();
    Q_EMIT discardAsked();
  });
  connect(apply_, &QPushButton::clicked, this, &ScheduleEditor::apply);
  return foot;
}

void ScheduleEditor::setLooks(const Theme& theme, const FontSet& fonts) {
  lanes_->setLooks(theme, fonts);
  starts_->setLooks(theme, fonts);
  keyframes_->setLooks(theme, fonts);
  table_->setLooks(theme);
  cost_->setLooks(theme);
  cost_scroll_->setFixedWidth(static_cast<int>(cost_width * fonts.scale));
  undo_button_->defaultAction()->setIcon(icon("undo", theme));
  redo_button_->defaultAction()->setIcon(icon("redo", theme));
}

void ScheduleEditor::setRun(const RunConfig& config, int iteration) {
  const bool another = !has_run_ || config.run.seed != base_.run.seed ||
                       config.run.name != base_.run.name ||
                       config.sampler.steps != base_.sampler.steps;
  const bool edited = !another && draft_of(config_) != draft_of(base_);
  const ScheduleDraft kept = draft_of(config_);
  const bool followed = shown_ == std::max(0, iteration_);
  base_ = config;
  config_ = edited ? with_draft(config, kept) : config;
  if (another) undo_.clear();
  has_run_ = true;
  iteration_ = iteration;
  if (another || followed) shown_ = std::max(0, iteration);
  tell();
}

void ScheduleEditor::setMeasured(const RunConfig& config, const MeasuredFigures& figures,
                                 const MeasuredIteration& iteration) {
  figures_ = figures;
  measured_ = iteration;
  if (iteration.iteration >= 0)
    predicted_ = estimate(config, counts(run_schedule(config, iteration.iteration)), figures_);
  showCost();
}

void ScheduleEditor::setPending(int changes) {
  pending_ = changes;
  showFoot();
}

void ScheduleEditor::showIteration(int iteration) {
  if (iteration == shown_) return;
  shown_ = std::clamp(iteration, 0, scrub_->maximum());
  tell();
}

void ScheduleEditor::apply() {
  QStringList overrides;
  for (const std::string& override : draft_overrides(base_, config_))
    overrides.push_back(QString::fromStdString(override));
  if (problems_.empty() && !overrides.isEmpty()) Q_EMIT applyAsked(overrides);
}

}  // namespace treegrpo
