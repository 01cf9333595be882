#include "views/reward_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>

#include "action_keys.h"
#include "canvas/number_text.h"
#include "canvas/reward_drawing.h"
#include "views/canvas_tip.h"

namespace treegrpo {
namespace {

// Leaves that a schedule comes to.
std::int64_t leavesOf(const TreeSchedule& schedule) {
  std::int64_t count = schedule.roots;
  for (const StepPlan& step : schedule.steps) count *= step.branch;
  return count;
}

}  // namespace

RewardView::RewardView(QWidget* parent) : CanvasView(parent) {
  setObjectName("rewardView");
  setAccessibleName("Rewards of this tree");
  setFocusPolicy(Qt::StrongFocus);
  setProperty(own_keys_property, "PgUp; PgDown");
}

void RewardView::setTree(std::shared_ptr<const TreeRecord> record,
                         std::shared_ptr<const TreeFigures> figures) {
  if (!record_ || !record || record->rewards.size() != record_->rewards.size()) scroll_ = 0;
  record_ = std::move(record);
  figures_ = std::move(figures);
  redraw();
}

void RewardView::setNode(int node) {
  node_ = node;
  redraw();
}

bool RewardView::hasRewards() const {
  return record_ && figures_ && figures_->rewarded && !record_->rewards.empty();
}

Drawing RewardView::draw() {
  if (!hasRewards()) return waiting();
  return rewardDrawing(*record_, *figures_, node_, roomWidth(), roomHeight(), looks(), scroll_);
}

Drawing RewardView::waiting() const {
  const bool growing = record_ && !record_->nodes.empty();
  const std::string head =
      growing ? "Waiting for " + std::to_string(leavesOf(record_->schedule)) + " images"
              : "No tree yet";
  const std::string words[] = {
      growing ? "Each reward scores every leaf;" : "The rewards of its leaves",
      growing ? "their spread shows here." : "show here."};
  Drawing drawing;
  const Point middle{roomWidth() / 2, roomHeight() / 2};
  const auto add = [&](float down, const std::string& line, TextRole role, Color color) {
    drawing.items.emplace_back(TextItem{
        {middle.x, middle.y + down}, line, color, role, TextAlign::centre, false, no_color});
  };
  add(-20, head, TextRole::body_strong, looks().text);
  add(2, words[0], TextRole::table, looks().text2);
  add(20, words[1], TextRole::table, looks().text2);
  return drawing;
}

QString RewardView::tipAt(Point place) const {
  const HitBox* hit = drawing().hitAt(place);
  if (!hasRewards() || !hit) return {};
  if (hit->kind == HitKind::node)
    return "Leaf " + QString::fromStdString(nodeName(*record_, *figures_, hit->target)) +
           ", total reward R = Σ weight × column = " +
           QString::fromStdString(
               fixedText(figures_->reward[static_cast<std::size_t>(hit->target)], 3));
  if (hit->target < 0)
    return "Advantage of a leaf: each column's z = (reward − mean) / standard deviation over all "
           "leaves of this prompt, summed with the columns' weights.";
  const auto column = static_cast<std::size_t>(hit->target);
  return QString::fromStdString(
      record_->reward_names[column] +
      ": raw reward of every leaf of this prompt, before its weight. Line: mean; ground: mean ± "
      "population standard deviation, which its z-scores use; bars: leaves a bin.");
}

bool RewardView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  showTip(*help, tipAt(placeOf(help->pos())), this);
  return true;
}

void RewardView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  const HitBox* hit = drawing().hitAt(placeOf(event->position()));
  if (hit && hit->kind == HitKind::node) Q_EMIT nodeChosen(hit->target);
}

// More columns than fit scroll.
void RewardView::scrollTo(float place) {
  const float room = std::max(0.f, drawing().extent.height - roomHeight());
  scroll_ = std::clamp(place, 0.f, room);
  redraw();
}

void RewardView::wheelEvent(QWheelEvent* event) {
  scrollTo(scroll_ - .6f * static_cast<float>(event->angleDelta().y()));
  event->accept();
}

void RewardView::keyPressEvent(QKeyEvent* event) {
  constexpr float line = 30;
  switch (event->key()) {
    case Qt::Key_Up:
      return scrollTo(scroll_ - line);
    case Qt::Key_Down:
      return scrollTo(scroll_ + line);
    case Qt::Key_PageUp:
      return scrollTo(scroll_ - roomHeight());
    case Qt::Key_PageDown:
      return scrollTo(scroll_ + roomHeight());
    default:
      return CanvasView::keyPressEvent(event);
  }
}

void RewardView::roomChanged() { scroll_ = 0; }

}  // namespace treegrpo
