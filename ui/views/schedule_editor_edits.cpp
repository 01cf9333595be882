// The edits of the schedule editor: each makes another config of the draft and can be undone.
#include <QUndoCommand>
#include <algorithm>

#include "base/error.h"
#include "record/config_fields.h"
#include "tree/keyframe_edits.h"
#include "views/schedule_editor.h"
#include "views/schedule_lanes.h"
#include "views/schedule_table.h"

namespace treegrpo {
namespace {

// Kinds of edits that follow each other as one: a drag in the lanes, one in the table, an option, a
// drag of a keyframe.
constexpr int lane_strokes = 1'000'000, table_strokes = 2'000'000, options = 3'000'000,
              keyframe_strokes = 4'000'000;

constexpr double most_noise = 10, least_noise = .05;

class DraftEdit : public QUndoCommand {
 public:
  DraftEdit(std::function<void(const ScheduleDraft&)> show, ScheduleDraft before,
            ScheduleDraft after, int kind)
      : show_(std::move(show)), before_(std::move(before)), after_(std::move(after)), kind_(kind) {}

  void undo() override { show_(before_); }
  void redo() override { show_(after_); }
  int id() const override { return kind_ > 0 ? kind_ : -1; }
  bool mergeWith(const QUndoCommand* next) override {
    after_ = static_cast<const DraftEdit*>(next)->after_;
    setObsolete(after_ == before_);
    return true;
  }

 private:
  std::function<void(const ScheduleDraft&)> show_;
  ScheduleDraft before_, after_;
  int kind_;
};

int strokeKind(int source, int stroke) { return stroke > 0 ? source + stroke : 0; }

int optionKind(const std::string& key) {
  int row = 0;
  for (const ConfigField& field : config_fields()) {
    ++row;
    if (field.key == key) return options + row;
  }
  return 0;
}

}  // namespace

void ScheduleEditor::setDraft(const ScheduleDraft& draft) {
  config_ = with_draft(base_, draft);
  tell();
}

void ScheduleEditor::change(const RunConfig& next, const QString& words, int kind) {
  if (draft_of(next) == draft_of(config_)) return tell();  // a field may show what was refused
  auto* edit = new DraftEdit([this](const ScheduleDraft& draft) { setDraft(draft); },
                             draft_of(config_), draft_of(next), kind);
  edit->setText(words);
  undo_.push(edit);
}

void ScheduleEditor::changeShown(const RunConfig& wanted, const QString& words, int kind) {
  change(edited(config_, shown_, wanted), words, kind);
}

void ScheduleEditor::changeDrawing(const TreeSchedule& schedule, const QString& words, int kind) {
  changeShown(redrawn(ofRun(), drawn(), shown_, schedule), words, kind);
}

void ScheduleEditor::addKeyframe() {
  const int iteration = newKeyframe();
  change(with_keyframe(config_, iteration), tr("add a keyframe"), 0);
  showIteration(iteration);
}

void ScheduleEditor::removeKeyframe() {
  if (const auto keyframe = keyframe_at(config_, shown_))
    change(without_keyframe(config_, *keyframe), tr("remove a keyframe"), 0);
}

void ScheduleEditor::moveKeyframe(int keyframe, int iteration, int stroke) {
  const auto at = static_cast<std::size_t>(keyframe);
  if (at >= config_.schedule.keyframe.size()) return;
  const RunConfig moved = moved_keyframe(config_, at, iteration);
  change(moved, tr("move a keyframe"), strokeKind(keyframe_strokes, stroke));
  showIteration(moved.schedule.keyframe[at].iteration);
}

void ScheduleEditor::changeSteps(int first, int last, const QString& words,
                                 const std::function<void(StepPlan&)>& edit) {
  TreeSchedule schedule = drawing();
  const int end = std::min(last, static_cast<int>(schedule.steps.size()) - 1);
  for (int step = std::max(0, first); step <= end; ++step)
    edit(schedule.steps[static_cast<std::size_t>(step)]);
  changeDrawing(schedule, words, 0);
}

void ScheduleEditor::paintSteps(int first, int last, bool noisy, int kind) {
  const RunConfig now = drawn();
  changeDrawing(painted(drawing(), now.method, now.sampler.noise_level, first, last, noisy),
                noisy ? tr("paint SDE steps") : tr("paint ODE steps"), kind);
}

void ScheduleEditor::editCells(ScheduleRow row, const QList<int>& steps, double value, int stroke) {
  const RunConfig now = drawn();
  TreeSchedule schedule = drawing();
  for (const int step : steps) {
    if (step < 0 || step >= static_cast<int>(schedule.steps.size())) continue;
    StepPlan& plan = schedule.steps[static_cast<std::size_t>(step)];
    if (row == ScheduleRow::type || (row == ScheduleRow::noise && value == 0))
      schedule = painted(schedule, now.method, now.sampler.noise_level, step, step, value > 0);
    if (row == ScheduleRow::children) plan.branch = static_cast<int>(value);
    if (row == ScheduleRow::noise && value > 0) plan.noise_level = value;
    if (row == ScheduleRow::train) plan.train = value > 0;
  }
  changeDrawing(schedule, tr("edit steps"), strokeKind(table_strokes, stroke));
}

void ScheduleEditor::editKey(const QString& key, const QString& value) {
  RunConfig next = drawn();
  try {
    set_field(next, (key + "=" + value).toStdString());
  } catch (const Error&) {
    return tell();  // the field shows again what holds
  }
  changeShown(next, tr("change %1").arg(key), optionKind(key.toStdString()));
}

void ScheduleEditor::discard() { change(with_draft(config_, draft_of(base_)), tr("discard"), 0); }

void ScheduleEditor::wireLanes() {
  connect(lanes_, &ScheduleLanesView::paintAsked, this,
          [this](int first, int last, bool noisy, int stroke) {
            paintSteps(first, last, noisy, strokeKind(lane_strokes, stroke));
          });
  connect(lanes_, &ScheduleLanesView::moveAsked, this, [this](int start, int stroke) {
    changeDrawing(moved_block(drawing(), start), tr("move the window"),
                  strokeKind(lane_strokes, stroke));
  });
  connect(lanes_, &ScheduleLanesView::childrenAsked, this, [this](int first, int last, int by) {
    changeSteps(first, last, tr("change the children"),
                [by](StepPlan& plan) { plan.branch = std::max(1, plan.branch + by); });
  });
  connect(lanes_, &ScheduleLanesView::noiseAsked, this, [this](int first, int last, double by) {
    changeSteps(first, last, tr("change the noise"), [by](StepPlan& plan) {
      if (plan.noise_level > 0)
        plan.noise_level = std::clamp(plan.noise_level + by, least_noise, most_noise);
    });
  });
  connect(lanes_, &ScheduleLanesView::trainAsked, this, [this](int first, int last) {
    changeSteps(first, last, tr("switch training"),
                [](StepPlan& plan) { plan.train = !plan.train; });
  });
}

void ScheduleEditor::wireTable() {
  connect(table_, &ScheduleTable::editAsked, this, &ScheduleEditor::editCells);
  connect(table_, &ScheduleTable::columnsMoved, this, [this] {
    lanes_->setColumns(table_->labelWidth(), table_->stepWidth(), table_->scrolled());
  });
  connect(table_, &ScheduleTable::currentMoved, this, &ScheduleEditor::showProblems);
}

}  // namespace treegrpo
