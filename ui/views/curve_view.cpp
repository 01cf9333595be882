#include "views/curve_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <set>

#include "action_keys.h"
#include "canvas/curve_part.h"

namespace treegrpo {
CurveView::CurveView(QWidget* parent) : CanvasView(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setProperty(own_keys_property, "PgUp; PgDown");
}

void CurveView::setPlot(CurvePlot plot) {
  plot.hover_x = plot_.hover_x;
  plot.from_x = plot_.from_x;
  plot.to_x = plot_.to_x;
  plot_ = std::move(plot);
  QString spoken = QString::fromStdString(plot_.title);
  for (const CurveSeries& series : plot_.series)
    if (!series.y.empty())
      spoken +=
          ", " + QString::fromStdString(series.name + " " + valueText(series, series.y.back()));
  setAccessibleName(spoken);
  redraw();
}

void CurveView::setPart(Range part) {
  plot_.from_x = part.least;
  plot_.to_x = part.most;
  redraw();
}

void CurveView::setCurrent(double x) {
  plot_.current_x = x;
  redraw();
}

void CurveView::setHover(double x) {
  if (x == plot_.hover_x || (std::isnan(x) && std::isnan(plot_.hover_x))) return;
  plot_.hover_x = x;
  redraw();
}

Drawing CurveView::draw() { return curveDrawing(plot_, roomWidth(), roomHeight(), looks()); }

QString CurveView::tipAt(Point place) const {
  const HitBox* hit = drawing().hitAt(place);
  if (!hit || hit->kind == HitKind::step) return {};
  const auto at = static_cast<std::size_t>(hit->target);
  if (hit->kind == HitKind::badge && at < plot_.marks.size())
    return QString::fromStdString(plot_.marks[at].definition.empty() ? plot_.marks[at].label
                                                                     : plot_.marks[at].definition);
  if (hit->target >= 0 && at < plot_.series.size())
    return QString::fromStdString(plot_.series[at].definition);
  QStringList all;
  for (const CurveSeries& series : plot_.series) all << QString::fromStdString(series.definition);
  return all.join("\n");
}

bool CurveView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QString words = tipAt(placeOf(help->pos()));
  if (words.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(help->globalPos(), "<qt>" + words.toHtmlEscaped().replace("\n", "<br>"),
                       this);
  return true;
}

void CurveView::mouseMoveEvent(QMouseEvent* event) {
  Q_EMIT hovered(nearestX(plot_, roomWidth(), roomHeight(), placeOf(event->position())));
}

void CurveView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  const double x = nearestX(plot_, roomWidth(), roomHeight(), placeOf(event->position()));
  if (!std::isnan(x)) Q_EMIT chosen(x);
}

void CurveView::mouseDoubleClickEvent(QMouseEvent*) { Q_EMIT partAsked({}); }

void CurveView::wheelEvent(QWheelEvent* event) {
  constexpr double a_notch = 1.25, notch_degrees = 120;
  const QPoint turned = event->angleDelta();
  if (turned.x() != 0) return Q_EMIT partAsked(movedX(plot_, -.1 * turned.x() / notch_degrees));
  const double x = nearestX(plot_, roomWidth(), roomHeight(), placeOf(event->position()));
  if (!std::isnan(x))
    Q_EMIT partAsked(zoomedX(plot_, x, std::pow(a_notch, turned.y() / notch_degrees)));
}

void CurveView::leaveEvent(QEvent* event) {
  CanvasView::leaveEvent(event);
  Q_EMIT hovered(no_value);
}

double CurveView::neighbour(int by) const {
  std::set<double> places;
  for (const CurveSeries& series : plot_.series) places.insert(series.x.begin(), series.x.end());
  if (places.empty()) return no_value;
  if (std::isnan(plot_.hover_x)) return *places.rbegin();
  auto at = places.lower_bound(plot_.hover_x);
  if (at == places.end()) return *places.rbegin();
  for (; by < 0 && at != places.begin(); ++by) --at;
  for (; by > 0 && std::next(at) != places.end(); --by) ++at;
  return *at;
}

// Zooms around the crosshair, or the last point where there is none.
bool CurveView::zoomKey(const QKeyEvent& event) {
  constexpr double factor = 1.5, step = .25;
  const double x = std::isnan(plot_.hover_x) ? neighbour(1) : plot_.hover_x;
  const bool shift = event.modifiers() & Qt::ShiftModifier;
  switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      Q_EMIT partAsked(zoomedX(plot_, x, factor));
      return true;
    case Qt::Key_Minus:
      Q_EMIT partAsked(zoomedX(plot_, x, 1 / factor));
      return true;
    case Qt::Key_0:
      Q_EMIT partAsked({});
      return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
      if (shift) Q_EMIT partAsked(movedX(plot_, event.key() == Qt::Key_Left ? -step : step));
      return shift;
    default:
      return false;
  }
}

void CurveView::keyPressEvent(QKeyEvent* event) {
  if (zoomKey(*event)) return;
  constexpr int page = 10, all = 1'000'000'000;
  switch (event->key()) {
    case Qt::Key_Left:
      return Q_EMIT hovered(neighbour(-1));
    case Qt::Key_Right:
      return Q_EMIT hovered(neighbour(1));
    case Qt::Key_PageUp:
      return Q_EMIT hovered(neighbour(-page));
    case Qt::Key_PageDown:
      return Q_EMIT hovered(neighbour(page));
    case Qt::Key_Home:
      return Q_EMIT hovered(neighbour(-all));
    case Qt::Key_End:
      return Q_EMIT hovered(neighbour(all));
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (!std::isnan(plot_.hover_x)) Q_EMIT chosen(plot_.hover_x);
      return;
    case Qt::Key_Escape:
      if (!std::isnan(plot_.hover_x)) return Q_EMIT hovered(no_value);
      break;
    default:
      break;
  }
  CanvasView::keyPressEvent(event);
}

}  // namespace treegrpo
