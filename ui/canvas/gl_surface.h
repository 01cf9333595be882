// A picture of a Drawing on OpenGL, laid over a canvas: it takes no mouse and no keys. Holds an
// ImGuiContext of its own and what it keeps on the card. GUI thread.
#pragma once

#include <QOpenGLWidget>
#include <QTimer>
#include <functional>
#include <memory>

#include "canvas/drawing.h"
#include "style/fonts.h"

namespace treegrpo {

// Only on platforms of platformHasGl().
class GlSurface : public QOpenGLWidget {
  Q_OBJECT

 public:
  // `paint_frame` is called for each frame and calls show() in it.
  GlSurface(QWidget* parent, std::function<void()> paint_frame);
  ~GlSurface() override;

  // 3.3 core, without the depth and samples that nothing here uses.
  static QSurfaceFormat wantedFormat();

  // With `scale` pixels of the widget for each of the drawing.
  void show(const Drawing& drawing, const FontSet& fonts, float scale, Color background);
  using QOpenGLWidget::show;

  // How often a context was made, and what is kept on the card.
  int contexts() const { return contexts_; }
  std::size_t textureBytes() const;

  QSize sizeHint() const override { return {320, 240}; }

 Q_SIGNALS:
  // Nothing more will be painted here, for the reason in the sentence; once.
  void lost(const QString& sentence);

 protected:
  void initializeGL() override;
  void paintGL() override;
  void showEvent(QShowEvent* event) override;

 private:
  struct Resources;
  void release();
  void giveUp(const QString& sentence);
  void startWatch();
  void lookAfter();

  std::function<void()> paint_frame_;
  std::unique_ptr<Resources> resources_;
  QTimer watch_;   // until it has started
  int looks_ = 0;  // of the watch, in vain
  int contexts_ = 0;
  bool given_up_ = false;
};

}  // namespace treegrpo
