#include "comparison/probe_canvas.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

double diversityOf(const ProbeRecord& record, const std::string& prompt) {
  const auto found = std::ranges::find(record.prompts, prompt, &ProbedPrompt::text);
  return found == record.prompts.end() ? no_value : found->diversity;
}

}  // namespace

QString pictureWords(const ProbeStrip& strip, ProbePlace place) {
  const ProbePicture* picture = pictureAt(strip, place);
  if (!picture) return {};
  const ProbeRow row = probeRows(strip)[static_cast<std::size_t>(place.row)];
  const ProbeRecord& record = *strip.probes[static_cast<std::size_t>(place.probe)];
  std::string numbers;
  const auto add = [&](const std::string& name, const std::string& number) {
    numbers += (numbers.empty() ? "" : ", ") + name + " " + number;
  };
  for (const NamedValue& reward : picture->rewards) add(reward.name, fixedText(reward.value, 3));
  if (std::isfinite(picture->kl)) add("KL", shortText(picture->kl));
  const double diversity = diversityOf(record, row.prompt);
  if (std::isfinite(diversity)) add("diversity of the prompt", fixedText(diversity, 3));
  return QObject::tr("%1, seed %2, after %3 iterations: %4")
             .arg(QString::fromStdString(row.prompt))
             .arg(row.seed)
             .arg(record.iteration)
             .arg(QString::fromStdString(numbers)) +
         (picture->image.empty() ? QObject::tr(". Its picture is not stored: images.budget_mb")
                                 : QString());
}

ProbeCanvas::ProbeCanvas(QWidget* parent) : CanvasView(parent) {
  setObjectName("probeCanvas");
  setAccessibleName(tr("Probes of the run"));
  setAccessibleDescription(
      tr("Arrows select a picture: left and right by checkpoint, up and down by prompt and seed. "
         "Home and End go to the first and last checkpoint. Enter shows the iteration's trees."));
  setFocusPolicy(Qt::StrongFocus);
}

void ProbeCanvas::setProbes(std::vector<std::shared_ptr<const ProbeRecord>> probes) {
  setStrip({.probes = std::move(probes), .seed = strip_.seed});
}

void ProbeCanvas::setStrip(ProbeStrip strip) {
  const bool newest = showsNewest();
  strip.selected = strip_.selected;
  strip.first_probe = strip_.first_probe;
  strip.first_row = strip_.first_row;
  strip_ = std::move(strip);
  if (!pictureAt(strip_, strip_.selected)) strip_.selected = {};
  scrollTo(newest ? this->probes() : strip_.first_probe, strip_.first_row);
}

void ProbeCanvas::setSeed(std::optional<std::int32_t> seed) {
  strip_.seed = seed;
  strip_.selected = {};
  scrollTo(strip_.first_probe, 0);
}

ProbeRoom ProbeCanvas::room() const { return probeRoom(strip_, roomWidth(), roomHeight()); }

Drawing ProbeCanvas::draw() { return probeDrawing(strip_, roomWidth(), roomHeight(), looks()); }

ProbePlace ProbeCanvas::placeAt(QPointF at) const {
  const HitBox* hit = drawing().hitAt(placeOf(at));
  return hit && hit->kind == HitKind::node ? pictureOf(strip_, hit->target) : ProbePlace{};
}

QString ProbeCanvas::tipAt(QPointF at) const {
  const HitBox* hit = drawing().hitAt(placeOf(at));
  if (!hit) return {};
  if (hit->kind == HitKind::node) return pictureWords(strip_, pictureOf(strip_, hit->target));
  if (hit->kind != HitKind::legend) return {};
  return QString::fromStdString(
      probeLanes(strip_)[static_cast<std::size_t>(hit->target)].definition);
}

bool ProbeCanvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return CanvasView::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QString words = tipAt(help->pos());
  if (words.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(help->globalPos(), "<qt>" + words.toHtmlEscaped(), this);
  return true;
}

void ProbeCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return CanvasView::mousePressEvent(event);
  select(placeAt(event->position()));
}

void ProbeCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  const ProbePlace place = placeAt(event->position());
  if (event->button() == Qt::LeftButton && place.probe >= 0) Q_EMIT opened(place);
}

// Turned sideways, or with Shift, by checkpoints; else by rows while there are more than fit.
void ProbeCanvas::wheelEvent(QWheelEvent* event) {
  const QPoint turned = event->angleDelta();
  const bool sideways = std::abs(turned.x()) > std::abs(turned.y()) ||
                        event->modifiers().testFlag(Qt::ShiftModifier) || room().rows >= rows();
  const int most = std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y();
  const int by = most > 0 ? -1 : most < 0 ? 1 : 0;
  scrollTo(strip_.first_probe + (sideways ? by : 0), strip_.first_row + (sideways ? 0 : by));
  event->accept();
}

void ProbeCanvas::keyPressEvent(QKeyEvent* event) {
  if (strip_.probes.empty()) return CanvasView::keyPressEvent(event);
  const ProbePlace at = strip_.selected;
  const ProbePlace from = at.probe < 0 ? ProbePlace{probes() - 1, 0} : at;
  const auto go = [&](int probe, int row) {
    select(at.probe < 0 ? from
                        : ProbePlace{std::clamp(probe, 0, probes() - 1),
                                     std::clamp(row, 0, std::max(0, rows() - 1))});
  };
  switch (event->key()) {
    case Qt::Key_Left:
      return go(from.probe - 1, from.row);
    case Qt::Key_Right:
      return go(from.probe + 1, from.row);
    case Qt::Key_Up:
      return go(from.probe, from.row - 1);
    case Qt::Key_Down:
      return go(from.probe, from.row + 1);
    case Qt::Key_Home:
      return go(0, from.row);
    case Qt::Key_End:
      return go(probes() - 1, from.row);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (at.probe >= 0) Q_EMIT opened(at);
      return;
    default:
      return CanvasView::keyPressEvent(event);
  }
}

void ProbeCanvas::roomChanged() { scrollTo(strip_.first_probe, strip_.first_row); }

void ProbeCanvas::select(ProbePlace place) {
  if (place == strip_.selected) return;
  strip_.selected = place;
  const ProbeRoom fits = room();
  if (place.probe >= 0)
    scrollTo(std::clamp(strip_.first_probe, place.probe - fits.columns + 1, place.probe),
             std::clamp(strip_.first_row, place.row - fits.rows + 1, place.row));
  redraw();
  Q_EMIT selected(place);
}

void ProbeCanvas::scrollTo(int probe, int row) {
  const ProbeRoom fits = room();
  strip_.first_probe = std::clamp(probe, 0, std::max(0, probes() - fits.columns));
  strip_.first_row = std::clamp(row, 0, std::max(0, rows() - fits.rows));
  redraw();
}

}  // namespace treegrpo
