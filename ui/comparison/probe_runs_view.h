// The probes of the compared runs: a row a run, with the choice of a prompt and seed, and the
// selected picture in words.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QWidget>
#include <cstdint>
#include <vector>

#include "canvas/probe_compare.h"
#include "comparison/probe_canvas.h"

namespace treegrpo {

class ProbeRunsView : public QWidget {
  Q_OBJECT

 public:
  explicit ProbeRunsView(QWidget* parent = nullptr);

  // Prompt, seed and selection stay as far as they are there.
  void setRuns(std::vector<ProbedRun> runs);
  void setLooks(const Theme& theme, const FontSet& fonts);
  // The seed of the pictures that are shown; -1: none are.
  std::int32_t seed() const;

 private:
  QWidget* makeHead();
  void listPictures();
  void showStrip();
  void tell();

  std::vector<ProbedRun> runs_;
  std::vector<ProbeRow> pictures_;
  QComboBox* picture_ = nullptr;
  QLabel* words_ = nullptr;
  QLabel* empty_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  ProbeCanvas* canvas_ = nullptr;
};

}  // namespace treegrpo
