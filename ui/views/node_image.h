// A node's picture at an integer scale with a pixel probe: what is predicted from it, its latent,
// or the difference of the former to the reference's.
#pragma once

#include <QPoint>
#include <QWidget>
#include <memory>

#include "record/image.h"
#include "style/theme.h"
#include "views/signed_difference.h"

namespace treegrpo {

class NodeImage : public QWidget {
  Q_OBJECT

 public:
  enum class Shown { prediction, latent, difference };

  explicit NodeImage(QWidget* parent = nullptr);

  void setLooks(const Theme& theme);
  // Each may be null or empty: nothing is known of it.
  void setImages(std::shared_ptr<const Image> image, std::shared_ptr<const Image> reference,
                 std::shared_ptr<const Image> latent = nullptr);
  void setShown(Shown shown);

  // The whole factor at which it is shown; where it is too large, a pixel stands for so many:
  // "4×", "1/2×". Empty without a picture.
  QString scaleText() const;
  // Of the pixel under the pointer or the key cursor, else what is shown and at which scale.
  QString caption() const;
  QString difficulty() const;  // why nothing can be shown, in words; empty if it can

  QSize sizeHint() const override;

 Q_SIGNALS:
  void captionChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  const Image* picture() const;
  const std::shared_ptr<const Image>& own() const;  // of the node, by what is shown
  QRect frame() const;                              // where the picture stands
  QPoint pixelAt(QPoint place) const;
  void probe(QPoint pixel);
  void update_();
  QString probeText() const;
  void paintMissing(class QPainter& painter) const;

  const Theme* theme_;
  std::shared_ptr<const Image> image_, reference_, latent_;
  SignedDifference difference_;
  Shown shown_ = Shown::prediction;
  QPoint probed_{-1, -1};
};

}  // namespace treegrpo
