// The probes of a run: its strip with the choice of a seed, the selected picture in words, and what
// to do where there are none.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <vector>

#include "comparison/probe_canvas.h"
#include "style/fonts.h"
#include "style/theme.h"

namespace treegrpo {

class ProbeStripView : public QWidget {
  Q_OBJECT

 public:
  explicit ProbeStripView(QWidget* parent = nullptr);

  // A whole run's, in order of iterations; none: it has none, or there is no run.
  void setProbes(std::vector<std::shared_ptr<const ProbeRecord>> probes);
  // What a run in progress adds; those of its iteration and after go, a resumed run takes them
  // anew.
  void addProbe(std::shared_ptr<const ProbeRecord> probe);

  void setLooks(const Theme& theme, const FontSet& fonts);

  QSize sizeHint() const override { return {900, 420}; }

 Q_SIGNALS:
  void shown();  // it came into sight
  void pictureChosen(std::int32_t iteration, const QString& prompt, std::int32_t seed);
  void iterationChosen(std::int32_t iteration);  // of the picture that was opened
  void newRunAsked();                            // a button where there are no probes

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeStrip();
  QWidget* makeEmpty();
  void showProbes();
  void listSeeds();
  void tell(ProbePlace place);

  std::vector<std::shared_ptr<const ProbeRecord>> probes_;
  QStackedWidget* pages_ = nullptr;
  QComboBox* seed_ = nullptr;
  QLabel* words_ = nullptr;
  QLabel* empty_icon_ = nullptr;
  ProbeCanvas* canvas_ = nullptr;
};

}  // namespace treegrpo
