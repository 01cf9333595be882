// What the curves of a comparison show, worked out from the runs: plain values in and out, so that
// it can be done on any thread.
#pragma once

#include <QString>
#include <QStringList>
#include <memory>
#include <string>
#include <vector>

#include "canvas/compare_plots.h"
#include "compare/comparison.h"

namespace treegrpo {

struct CompareRequest {
  std::shared_ptr<const std::vector<ComparedRun>> runs;
  std::vector<std::string> metrics;  // a plot each
  ComparisonOptions options;         // but for the metric; a target is one of the first
  ComparePlotLook look;
};

struct CompareAnswer {
  std::vector<CurvePlot> plots;       // of the metrics that some run has
  std::vector<ComparedGroup> groups;  // of the first of these
  QStringList remarks;                // likewise; without any plot, which metrics there are
  QString reached;                    // targetText
};

CompareAnswer compareAnswer(const CompareRequest& request);

}  // namespace treegrpo
