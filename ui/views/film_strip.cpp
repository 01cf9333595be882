#include "views/film_strip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"
#include "canvas/path_drawing.h"

namespace treegrpo {
namespace {

constexpr float margin = 12;

std::int32_t nodeAt(const Drawing& drawing, Point place) {
  const HitBox* hit = drawing.hitAt(place);
  return hit && hit->kind == HitKind::node ? hit->target : -1;
}

}  // namespace

FilmStrip::FilmStrip(QWidget* parent) : CanvasView(parent) {
  setObjectName("filmStrip");
  setFocusPolicy(Qt::StrongFocus);
  showTitle();
}

void FilmStrip::setTree(std::shared_ptr<const TreeRecord> record,
                        std::shared_ptr<const TreeFigures> figures) {
  record_ = std::move(record);
  figures_ = std::move(figures);
  stale_scroll_ = true;
  showTitle();
  redraw();
}

void FilmStrip::setNode(std::int32_t node) {
  if (node != node_) following_ = true;
  node_ = node;
  stale_scroll_ = true;
  showTitle();
  redraw();
}

bool FilmStrip::hasNode() const {
  return record_ && figures_ && node_ >= 0 &&
         static_cast<std::size_t>(node_) < record_->nodes.size();
}

Drawing FilmStrip::strip(float scroll) const {
  return pathDrawing(record_, *figures_, node_, roomWidth(), roomHeight(), looks(), scroll);
}

Drawing FilmStrip::draw() {
  if (stale_scroll_) keepInView();
  if (hasNode()) return strip(scroll_);
  Drawing drawing;
  const char* words = record_ && !record_->nodes.empty()
                          ? "Select a node to see the way to it and on to its best leaf."
                          : "The way to the selected node shows here as soon as a tree grows.";
  drawing.items.emplace_back(TextItem{{roomWidth() / 2, roomHeight() / 2},
                                      words,
                                      looks().text2,
                                      TextRole::table,
                                      TextAlign::centre,
                                      false,
                                      no_color});
  return drawing;
}

float FilmStrip::room() const {
  if (!hasNode()) return 0;
  return std::max(0.f, strip(0).extent.width - roomWidth());
}

// Scrolls as little as shows the selected picture whole, and no further than the strip goes.
void FilmStrip::keepInView() {
  stale_scroll_ = false;
  if (!hasNode()) return;
  const Drawing whole = strip(0);
  for (const HitBox& hit : whole.hits) {
    if (hit.target != node_ || !following_) continue;
    const float right = hit.box.right() + margin - roomWidth();
    const float left = hit.box.left - margin;
    scroll_ = std::clamp(scroll_, std::min(right, left), left);
  }
  scroll_ = std::clamp(scroll_, 0.f, room());
}

void FilmStrip::showTitle() {
  setWindowTitle(hasNode() ? QString::fromStdString(pathTitle(*record_, *figures_, node_))
                           : QStringLiteral("Path"));
  setAccessibleName(windowTitle());
}

QString FilmStrip::tipOf(std::int32_t node) const {
  const auto at = static_cast<std::size_t>(node);
  const TreeNode& one = record_->nodes[at];
  std::string words = nodeName(*record_, *figures_, node) + ": step " + std::to_string(one.step);
  if (static_cast<std::size_t>(one.step) < record_->sigmas.size())
    words += ", noise σ " + fixedText(record_->sigmas[static_cast<std::size_t>(one.step)], 3);
  if (one.kind == NodeKind::sde)
    words += "\nadvantage A of the edge into it " + signedText(one.advantage, 2) +
             ", log π per dimension " + fixedText(one.log_prob, 4);
  if (figures_->rewarded)
    words += "\nmean reward R of its leaves " + fixedText(figures_->reward[at], 3);
  return QString::fromStdString(words);
}

bool FilmStrip::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const std::int32_t node = hasNode() ? nodeAt(drawing(), placeOf(help->pos())) : -1;
  if (node < 0)
    QToolTip::hideText();
  else
    QToolTip::showText(help->globalPos(), tipOf(node), this);
  return true;
}

void FilmStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  const std::int32_t node = nodeAt(drawing(), placeOf(event->position()));
  if (node >= 0) Q_EMIT nodeChosen(node);
}

void FilmStrip::wheelEvent(QWheelEvent* event) {
  const QPoint turned = event->angleDelta();
  const int most = std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y();
  if (stale_scroll_) keepInView();
  following_ = false;
  scroll_ = std::clamp(scroll_ - .6f * static_cast<float>(most), 0.f, room());
  event->accept();
  redraw();
}

void FilmStrip::keyPressEvent(QKeyEvent* event) {
  if (!hasNode()) return CanvasView::keyPressEvent(event);
  const std::vector<std::int32_t> nodes = stripNodes(*record_, *figures_, node_);
  const auto here = std::find(nodes.begin(), nodes.end(), node_);
  switch (event->key()) {
    case Qt::Key_Left:
      if (here != nodes.begin()) Q_EMIT nodeChosen(*std::prev(here));
      return;
    case Qt::Key_Right:
      if (std::next(here) != nodes.end()) Q_EMIT nodeChosen(*std::next(here));
      return;
    case Qt::Key_Home:
      return Q_EMIT nodeChosen(nodes.front());
    case Qt::Key_End:
      return Q_EMIT nodeChosen(nodes.back());
    default:
      return CanvasView::keyPressEvent(event);
  }
}

void FilmStrip::roomChanged() { stale_scroll_ = true; }

}  // namespace treegrpo
