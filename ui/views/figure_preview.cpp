#include "views/figure_preview.h"

#include <QLabel>
#include <algorithm>

#include "figure/figure_painter.h"
#include "figure/venue.h"

namespace treegrpo {
namespace {

constexpr int margin = 16;  // around the paper
constexpr double least = .2, most = 8;

}  // namespace

FigurePreview::FigurePreview(QWidget* parent) : QScrollArea(parent), picture_(new QLabel) {
  setObjectName("figure_preview");
  setAccessibleName(tr("Preview of the figure"));
  setAlignment(Qt::AlignCenter);
  picture_->setObjectName("figure_picture");
  picture_->setAlignment(Qt::AlignCenter);
  picture_->setWordWrap(true);
  setWidget(picture_);
  setMinimumSize(360, 300);
}

void FigurePreview::setPage(const FigurePage& page) {
  page_ = page;
  show();
}

void FigurePreview::setSentence(const QString& sentence) {
  page_ = {};
  setWidgetResizable(true);
  picture_->setText(sentence);
}

void FigurePreview::setVision(ColorVision vision) {
  vision_ = vision;
  show();
}

void FigurePreview::setTrueSize(bool on) {
  true_size_ = on;
  show();
}

double FigurePreview::enlargement() const {
  return pixelsPerPoint() * points_per_inch / logicalDpiX();
}

double FigurePreview::pixelsPerPoint() const {
  const double own = logicalDpiX() / points_per_inch;
  if (true_size_ || page_.width <= 0) return own;
  const QSize room = maximumViewportSize() - QSize(2 * margin, 2 * margin);
  return std::clamp(std::min(room.width() / static_cast<double>(page_.width),
                             room.height() / static_cast<double>(page_.height)),
                    least, most);
}

void FigurePreview::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  if (!true_size_) show();
}

void FigurePreview::show() {
  if (page_.width <= 0) return;
  setWidgetResizable(false);
  const double ratio = devicePixelRatioF();
  QImage picture =
      seenWith(vision_, pagePicture(page_, pixelsPerPoint() * ratio * points_per_inch));
  picture.setDevicePixelRatio(ratio);
  picture_->setPixmap(QPixmap::fromImage(picture));
  picture_->adjustSize();
  Q_EMIT enlargementChanged();
}

}  // namespace treegrpo
