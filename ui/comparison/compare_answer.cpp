#include "comparison/compare_answer.h"

#include <utility>

#include "base/error.h"
#include "comparison/target_text.h"

namespace treegrpo {
namespace {

void addRemarks(const std::vector<std::string>& sentences, QStringList& remarks) {
  for (const std::string& sentence : sentences) remarks << QString::fromStdString(sentence);
}

void addMetric(const std::string& metric, const CompareRequest& request, CompareAnswer& answer) {
  const bool first = answer.groups.empty();
  ComparisonOptions options = request.options;
  options.metric = metric;
  if (!first) options.target.reset();
  const Comparison comparison = compare_runs(*request.runs, options);
  CurvePlot plot = comparePlot(comparison, options, request.look);
  plot.marks = compareMarks(*request.runs, comparison, options.axis);
  answer.plots.push_back(std::move(plot));
  if (!first) return;
  answer.reached = targetText(comparison, options);
  answer.groups = comparison.groups;
  for (const ComparedGroup& group : comparison.groups) addRemarks(group.remarks, answer.remarks);
  addRemarks(comparison.remarks, answer.remarks);
}

}  // namespace

CompareAnswer compareAnswer(const CompareRequest& request) {
  CompareAnswer answer;
  if (request.runs->empty()) return answer;
  QString missing;
  for (const std::string& metric : request.metrics) try {
      addMetric(metric, request, answer);
    } catch (const Error& none) {
      missing = none.what();
    }
  if (answer.plots.empty() && !missing.isEmpty()) answer.remarks << missing;
  return answer;
}

}  // namespace treegrpo
