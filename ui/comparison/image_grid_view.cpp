#include "comparison/image_grid_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

namespace treegrpo {
ImageGridView::ImageGridView(QWidget* parent) : QWidget(parent), canvas_(new ImageGridCanvas) {
  setObjectName("imageGridView");
  setProperty("panel", true);
  setWindowTitle(tr("Pictures by prompt and run"));
  foot_ = new QLabel;
  foot_->setObjectName("imageGridFoot");
  foot_->setProperty("role", "secondary");
  foot_->setContentsMargins(10, 4, 10, 4);
  rows_ = new QScrollBar(Qt::Vertical);
  rows_->setAccessibleName(tr("Rows of pictures"));
  auto* middle = new QHBoxLayout;
  middle->setContentsMargins(0, 0, 0, 0);
  middle->setSpacing(0);
  middle->addWidget(canvas_, 1);
  middle->addWidget(rows_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  column->addLayout(middle, 1);
  column->addWidget(foot_);
  connect(canvas_, &ImageGridCanvas::selected, this, &ImageGridView::selected);
  connect(canvas_, &ImageGridCanvas::referenceSet, this, &ImageGridView::referenceSet);
  connect(canvas_, &ImageGridCanvas::stepChanged, this, &ImageGridView::showStep);
  connect(canvas_, &ImageGridCanvas::viewChanged, this, &ImageGridView::showView);
  connect(canvas_, &ImageGridCanvas::pixelPointed, this, &ImageGridView::showFoot);
  connect(rows_, &QScrollBar::valueChanged, canvas_,
          [this](int pixels) { canvas_->scrollTo(static_cast<float>(pixels)); });
  showStep(0);
  showView();
  showFoot({});
}

QWidget* ImageGridView::makeHead() {
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(10, 4, 10, 4);
  step_ = new StepSlider(QStringLiteral("imageGridStep"));
  zoom_ = new QLabel;
  zoom_->setObjectName("imageGridZoom");
  zoom_->setToolTip(
      tr("How many pixels of the screen a pixel of the pictures takes. Wheel, + and "
         "− zoom all of them, 0 shows them whole."));
  row->addWidget(step_, 1);
  row->addStretch(1);
  row->addWidget(zoom_);
  connect(step_, &StepSlider::chosen, canvas_, &ImageGridCanvas::setStep);
  return head;
}

void ImageGridView::setGrid(ImageGrid grid) {
  const int last = grid.steps;
  const bool first = std::exchange(empty_, grid.cells.empty()) && !grid.cells.empty();
  canvas_->setGrid(std::move(grid));
  if (first) canvas_->setStep(last);
  showStep(canvas_->view().step);
  showFoot({});
}

void ImageGridView::setLooks(const Theme& theme, const FontSet& fonts) {
  canvas_->setLooks(theme, fonts);
}

void ImageGridView::showStep(int step) { step_->setStep(step, canvas_->grid().steps); }

// The scale is that of the first picture there is.
void ImageGridView::showView() {
  const GridView& view = canvas_->view();
  QString scale;
  for (std::int32_t cell = 0; cell < canvas_->grid().count() && scale.isEmpty(); ++cell) {
    const StepPicture* picture = shownPicture(canvas_->grid(), view, cell).picture;
    if (!picture) continue;
    const float times = GridPlaces(canvas_->grid(), view).part(cell, *picture->image).scale;
    scale = times >= 1 ? QStringLiteral("%1×").arg(std::lround(times))
                       : QStringLiteral("1/%1×").arg(std::lround(1 / times));
  }
  zoom_->setText(scale);
  const QSignalBlocker quiet(rows_);
  const int most = static_cast<int>(std::ceil(canvas_->mostScroll()));
  rows_->setRange(0, most);
  rows_->setPageStep(std::max(1, canvas_->height()));
  rows_->setValue(static_cast<int>(view.scroll));
  rows_->setVisible(most > 0);
}

void ImageGridView::showFoot(const QString& pixel) {
  foot_->setText(pixel.isEmpty() ? tr("Click selects, right click or R sets the reference, Shift "
                                      "held shows it in place of the selected picture.")
                                 : pixel);
}

}  // namespace treegrpo
