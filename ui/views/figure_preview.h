// A figure as it will print, on the screen: at its true size or fitted, and as others see it.
#pragma once

#include <QImage>
#include <QScrollArea>

#include "figure/color_vision.h"
#include "figure/figure_page.h"

class QLabel;

namespace treegrpo {

class FigurePreview : public QScrollArea {
  Q_OBJECT

 public:
  explicit FigurePreview(QWidget* parent = nullptr);

  void setPage(const FigurePage& page);
  // In its place, why there is none.
  void setSentence(const QString& sentence);

  void setVision(ColorVision vision);
  // At the size of paper, as far as the screen tells its own; else as large as there is room.
  void setTrueSize(bool on);
  // Screen pixels of what is shown by those of paper: 1 at true size.
  double enlargement() const;

 Q_SIGNALS:
  void enlargementChanged();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  double pixelsPerPoint() const;
  void show();

  FigurePage page_;
  ColorVision vision_ = ColorVision::full;
  bool true_size_ = false;
  QLabel* picture_;
};

}  // namespace treegrpo
