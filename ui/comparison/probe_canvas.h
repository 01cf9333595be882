// The strip of a run's probes on the screen: select a picture by click or arrows, scroll by whole
// rows and columns, tooltips with the numbers of a picture and the definition of a lane.
#pragma once

#include "canvas/canvas_view.h"
#include "canvas/probe_drawing.h"

namespace treegrpo {

class ProbeCanvas : public CanvasView {
  Q_OBJECT

 public:
  explicit ProbeCanvas(QWidget* parent = nullptr);

  // Another strip; what was selected stays selected as far as it is there, and who looked at the
  // newest probe sees the newest again.
  void setProbes(std::vector<std::shared_ptr<const ProbeRecord>> probes);
  void setSeed(std::optional<std::int32_t> seed);
  // Likewise with all that it holds: of several runs.
  void setStrip(ProbeStrip strip);
  const ProbeStrip& strip() const { return strip_; }

  QSize minimumSizeHint() const override { return {220, 140}; }

 Q_SIGNALS:
  void selected(treegrpo::ProbePlace place);  // another picture, by the user
  void opened(treegrpo::ProbePlace place);    // Enter or a double click

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void roomChanged() override;

 private:
  ProbeRoom room() const;
  int rows() const { return static_cast<int>(probeRows(strip_).size()); }
  int probes() const { return static_cast<int>(strip_.probes.size()); }
  bool showsNewest() const { return strip_.first_probe + room().columns >= probes(); }
  ProbePlace placeAt(QPointF at) const;
  QString tipAt(QPointF at) const;
  void select(ProbePlace place);
  void scrollTo(int probe, int row);  // as the first ones, as far as there are so many

  ProbeStrip strip_;
};

// "a red circle, seed 0, after 40 iterations: scene 0.655, KL 0.0012", with the diversity of its
// prompt; empty where there is no picture.
QString pictureWords(const ProbeStrip& strip, ProbePlace place);

}  // namespace treegrpo
