#include "views/node_image.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "canvas/number_text.h"
#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr int side = 132;  // of the widget, in px

bool missing(const std::shared_ptr<const Image>& image) { return !image || image->empty(); }

int longest(const Image& image) { return std::max(image.width, image.height); }

// Enlarged by `up`, or every `down`-th pixel.
int enlargement(const Image& image) { return std::max(1, side / longest(image)); }
int reduction(const Image& image) { return (longest(image) + side - 1) / side; }

QImage viewOf(const Image& image) {
  return {image.rgb.data(), image.width, image.height, 3 * image.width, QImage::Format_RGB888};
}

}  // namespace

NodeImage::NodeImage(QWidget* parent) : QWidget(parent), theme_(&theme(ThemeKind::dark)) {
  setFixedSize(sizeHint());
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setToolTip(
      "The picture that the model predicts from this node (x̂₀; at a leaf the image itself), or its "
      "latent (xₜ), each pixel a square. Point at it, or focus it and press the arrow keys, to "
      "read "
      "a pixel.");
}

QSize NodeImage::sizeHint() const { return {side, side}; }

void NodeImage::setLooks(const Theme& theme) {
  theme_ = &theme;
  update_();
}

void NodeImage::setImages(std::shared_ptr<const Image> image,
                          std::shared_ptr<const Image> reference,
                          std::shared_ptr<const Image> latent) {
  image_ = std::move(image);
  reference_ = std::move(reference);
  latent_ = std::move(latent);
  update_();
}

void NodeImage::setShown(Shown shown) {
  shown_ = shown;
  update_();
}

void NodeImage::update_() {
  difference_ = {};
  if (shown_ == Shown::difference && !missing(image_) && !missing(reference_))
    difference_ = signedDifference(*image_, *reference_, *theme_);
  const Image* now = picture();
  if (now == nullptr || probed_.x() >= now->width || probed_.y() >= now->height) probed_ = {-1, -1};
  const QString what = shown_ == Shown::latent ? "Latent of the node, " : "Image of the node, ";
  setAccessibleName(difficulty().isEmpty() ? what + caption() : difficulty());
  update();
  Q_EMIT captionChanged();
}

const std::shared_ptr<const Image>& NodeImage::own() const {
  return shown_ == Shown::latent ? latent_ : image_;
}

const Image* NodeImage::picture() const {
  if (missing(own())) return nullptr;
  if (shown_ != Shown::difference) return own().get();
  return difference_.picture.empty() ? nullptr : &difference_.picture;
}

QString NodeImage::difficulty() const {
  if (missing(own())) return shown_ == Shown::latent ? "Not drawn yet" : "Image not stored";
  if (shown_ != Shown::difference) return {};
  if (missing(reference_)) return "No image of the reference";
  return difference_.picture.empty() ? "Sizes differ" : QString();
}

QString NodeImage::scaleText() const {
  if (picture() == nullptr) return {};
  const int down = reduction(*picture());
  return down > 1 ? QString("1/%1×").arg(down) : QString("%1×").arg(enlargement(*picture()));
}

QString NodeImage::caption() const {
  if (probed_.x() >= 0) return probeText();
  const Image* now = picture();
  if (now == nullptr) return {};  // the picture's place says why
  const QString size = QString("%1 × %2, shown at %3").arg(now->width).arg(now->height);
  if (shown_ != Shown::difference) return size.arg(scaleText());
  return QString("this − reference, colours end at ± %1 of 255")
      .arg(QString::fromStdString(fixedText(std::max(difference_.limit, 1.), 0)));
}

QString NodeImage::probeText() const {
  const Image& read = *own();
  const auto at = static_cast<std::size_t>(3 * (probed_.y() * read.width + probed_.x()));
  const bool signs = shown_ == Shown::difference;
  QString text = QString("pixel %1, %2  ").arg(probed_.x()).arg(probed_.y());
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const int value = read.rgb[at + channel];
    const QString number =
        signs ? QString::fromStdString(signedText(value - reference_->rgb[at + channel], 0))
              : QString::number(value);
    text += QString(" %1%2 %3").arg(signs ? "Δ" : "").arg(QChar("RGB"[channel])).arg(number);
  }
  return text;
}

QRect NodeImage::frame() const {
  const Image* now = picture();
  if (now == nullptr) return rect();
  const int up = enlargement(*now), down = reduction(*now);
  const QSize size = down > 1 ? QSize(now->width / down, now->height / down)
                              : QSize(now->width * up, now->height * up);
  return {QPoint(0, 0), size.expandedTo({1, 1})};
}

QPoint NodeImage::pixelAt(QPoint place) const {
  const Image* now = picture();
  if (now == nullptr || !frame().contains(place)) return {-1, -1};
  return {place.x() * now->width / frame().width(), place.y() * now->height / frame().height()};
}

void NodeImage::probe(QPoint pixel) {
  if (pixel == probed_) return;
  probed_ = pixel;
  update();
  Q_EMIT captionChanged();
}

void NodeImage::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Image* now = picture();
  if (now == nullptr) {
    paintMissing(painter);
  } else {
    painter.drawImage(frame(), viewOf(*now));  // nearest: no smoothing asked for
  }
  if (now != nullptr && probed_.x() >= 0) {
    const QRect all = frame();
    const int wide = std::max(1, all.width() / now->width);
    const QRect pixel(probed_.x() * all.width() / now->width,
                      probed_.y() * all.height() / now->height, wide, wide);
    painter.setPen(toQColor(theme_->canvas));
    painter.drawRect(pixel.adjusted(-2, -2, 1, 1));
    painter.setPen(toQColor(theme_->ring));
    painter.drawRect(pixel.adjusted(-1, -1, 0, 0));
  }
  if (hasFocus()) {
    painter.setPen(QPen(toQColor(theme_->accent), 2));
    painter.drawRect(frame().adjusted(1, 1, -1, -1));
  }
}

// Four corner marks and why.
void NodeImage::paintMissing(QPainter& painter) const {
  painter.setPen(QPen(toQColor(theme_->neutral), 1.5));
  for (const QPoint corner :
       {rect().topLeft(), rect().topRight(), rect().bottomLeft(), rect().bottomRight()}) {
    const int right = corner.x() > 0 ? -12 : 12, down = corner.y() > 0 ? -12 : 12;
    painter.drawLine(corner, corner + QPoint(right, 0));
    painter.drawLine(corner, corner + QPoint(0, down));
  }
  painter.setPen(toQColor(theme_->text2));
  painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, difficulty());
}

void NodeImage::mouseMoveEvent(QMouseEvent* event) { probe(pixelAt(event->pos())); }

void NodeImage::leaveEvent(QEvent*) { probe({-1, -1}); }

void NodeImage::focusOutEvent(QFocusEvent* event) {
  probe({-1, -1});
  QWidget::focusOutEvent(event);
}

void NodeImage::keyPressEvent(QKeyEvent* event) {
  const Image* now = picture();
  QPoint by;
  if (event->key() == Qt::Key_Left) by = {-1, 0};
  if (event->key() == Qt::Key_Right) by = {1, 0};
  if (event->key() == Qt::Key_Up) by = {0, -1};
  if (event->key() == Qt::Key_Down) by = {0, 1};
  if (now == nullptr || by.isNull()) {
    QWidget::keyPressEvent(event);
    return;
  }
  const QPoint from = probed_.x() < 0 ? QPoint(now->width / 2, now->height / 2) : probed_ + by;
  probe({std::clamp(from.x(), 0, now->width - 1), std::clamp(from.y(), 0, now->height - 1)});
}

}  // namespace treegrpo
