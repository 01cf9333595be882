// The widget that shows a Drawing: asks its subclass for one when something changed, and paints it
// with QPainter or on GL. Mouse and keys arrive at the subclass as at any QWidget. GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>

#include "canvas/drawing.h"
#include "canvas/frame_budget.h"
#include "canvas/image_cache.h"
#include "style/fonts.h"
#include "style/theme.h"

namespace treegrpo {

class GlSurface;

// Paints at most 30 times a second and, unless the user is at the canvas, within its FrameBudget;
// nothing while nothing changes or the widget is hidden.
class CanvasView : public QWidget {
  Q_OBJECT

 public:
  explicit CanvasView(QWidget* parent = nullptr);
  ~CanvasView() override;

  // Of all that is drawn; again when theme or zoom changes. A drawing knows one size of text: with
  // fonts of scale 1.5 all of it is painted 1.5 times as large, in as much less room.
  void setLooks(const Theme& theme, const FontSet& fonts);
  const Theme& looks() const { return *theme_; }

  // Pixels of the widget that one pixel of the drawing takes.
  float scale() const { return scale_; }
  // What the widget has room for, in the drawing's pixels.
  float roomWidth() const { return static_cast<float>(width()) / scale_; }
  float roomHeight() const { return static_cast<float>(height()) / scale_; }
  // The same place in the widget and in the drawing.
  Point placeOf(QPointF widget) const;
  QPointF widgetPlace(Point place) const;

  // Shows the drawing turned left to right. drawing(), places and events stay as it was made.
  void setMirrored(bool on);
  bool isMirrored() const { return mirrored_; }

  // Shares the time for showing with the rest of its window; before, it has a budget of its own.
  void setBudget(std::shared_ptr<FrameBudget> budget) { budget_ = std::move(budget); }

  // What was painted last: what the pointer lies on is asked of it, by placeOf().
  const Drawing& drawing() const { return drawing_; }

  // Something that draw() reads has changed: paints soon.
  void redraw();
  // Makes the drawing anew at once, for whoever asks drawing() without waiting for a frame.
  void refresh();

  // Paints on GL from now on, or with QPainter as at first; ask probeGl() whether GL is worth it.
  // Where GL cannot be had, or is lost later, it goes on with QPainter and says so by glLost().
  void useGl(bool on);
  bool usesGl() const { return surface_ != nullptr; }

  // Frames painted so far, and the seconds that drawing and painting took: for tests and
  // benchmarks.
  int frames() const { return frames_; }
  double paintSeconds() const { return paint_seconds_; }

 Q_SIGNALS:
  void painted();
  // Once each time that GL was asked for and is no more: why, and what paints now.
  void glLost(const QString& sentence);

 protected:
  // What to show in roomWidth() × roomHeight(), in the colours of looks().
  virtual Drawing draw() = 0;
  // That room is another one.
  virtual void roomChanged() {}
  // A size in the drawing's pixels as one of the widget.
  QSize inWidget(QSize size) const { return size * static_cast<double>(scale_); }

  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  const Drawing& shown() const { return mirrored_ ? turned_ : drawing_; }
  void renew();
  int dueMilliseconds() const;
  void requestFrame();
  // One frame by either painter: the drawing, then `show` of it, and the time that both took.
  void paintFrame(const std::function<void()>& show);
  void fallBack(const QString& reason);

  const Theme* theme_;
  FontSet fonts_;  // of scale 1
  float scale_;
  Drawing drawing_;
  Drawing turned_;  // what is shown of it while mirrored
  bool mirrored_ = false;
  bool stale_ = true;
  ImageCache images_;
  GlSurface* surface_ = nullptr;  // a child that fills this; none: QPainter
  QTimer timer_;
  std::shared_ptr<FrameBudget> budget_ = std::make_shared<FrameBudget>();
  QElapsedTimer since_painted_;
  QElapsedTimer since_input_;  // of the user, on this canvas
  double paint_seconds_ = 0;
  int frames_ = 0;
};

}  // namespace treegrpo
