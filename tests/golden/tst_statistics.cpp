// core/compare against tests/golden/statistics.py, which was written with numpy and scipy from the
// definitions and not from this code.
#include <QtTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "compare/distribution.h"
#include "compare/mean_curve.h"
#include "compare/spread.h"
#include "compare/time_to_target.h"

using namespace treegrpo;
using Json = nlohmann::json;

namespace {

// null is "no value", "inf" is not_reached.
double number(const Json& value) {
  if (value.is_null()) return no_value;
  return value.is_string() ? not_reached : value.get<double>();
}

std::vector<double> numbers(const Json& list) {
  std::vector<double> values;
  for (const Json& value : list) values.push_back(number(value));
  return values;
}

std::vector<Series> series(const Json& runs) {
  std::vector<Series> list;
  for (const Json& run : runs) list.push_back({.x = numbers(run["x"]), .y = numbers(run["y"])});
  return list;
}

XAxis axis(const Json& golden) { return *axis_from_name(golden["axis"].get<std::string>()); }

bool same(double found, double expected) {
  if (std::isnan(found) || std::isnan(expected)) return std::isnan(found) && std::isnan(expected);
  if (found == expected) return true;
  if (std::abs(found - expected) <= 1e-12 * std::max(1., std::abs(expected))) return true;
  qWarning("found %.17g, expected %.17g", found, expected);
  return false;
}

bool same(const std::vector<double>& found, const std::vector<double>& expected) {
  if (found.size() != expected.size()) return false;
  for (std::size_t at = 0; at < found.size(); ++at)
    if (!same(found[at], expected[at])) return false;
  return true;
}

}  // namespace

class TestStatistics : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    std::ifstream file(TREEGRPO_SOURCE_DIR "/tests/golden/statistics.json");
    golden_ = Json::parse(file);
    QVERIFY(golden_["targets"].size() >= 8);
  }

  void samples_have_their_means_deviations_and_intervals() {
    for (const Json& golden : golden_["samples"]) {
      const std::vector<double> values = numbers(golden["values"]);
      QVERIFY(same(mean_of(values), number(golden["mean"])));
      QVERIFY(same(sample_deviation(values), number(golden["deviation"])));
      QVERIFY(same(standard_error(values), number(golden["standard_error"])));
      for (const Json& row : golden["quantiles"])
        QVERIFY(same(quantile(values, number(row[0])), number(row[1])));
      const Interval interval = BootstrapMeans().interval(values);
      QVERIFY(same({interval.low, interval.high}, numbers(golden["bootstrap"])));
    }
  }

  void curves_have_their_means_and_bands() {
    for (const Json& golden : golden_["curves"]) {
      const AlignedRuns aligned = align(series(golden["runs"]), axis(golden));
      for (const auto& [name, limits] : golden["bands"].items()) {
        const MeanCurve curve = mean_curve(aligned, *band_from_name(name));
        QVERIFY(same(curve.x, numbers(golden["x"])));
        QVERIFY(same(curve.mean, numbers(golden["mean"])));
        QCOMPARE(curve.n, golden["n"].get<std::vector<int>>());
        for (std::size_t at = 0; at < limits.size(); ++at) {
          const Json& ends = limits[at];
          QVERIFY(same(curve.low[at], ends.is_null() ? no_value : number(ends[0])));
          QVERIFY(same(curve.high[at], ends.is_null() ? no_value : number(ends[1])));
        }
      }
    }
  }

  void targets_are_reached_when_they_are() {
    for (const Json& golden : golden_["targets"]) {
      const AlignedRuns group = align(series(golden["group"]), axis(golden));
      const AlignedRuns reference = align(series(golden["reference"]), axis(golden));
      const Target target{.value = number(golden["target"])};
      QVERIFY(same({time_to_target(group, target), time_to_target(reference, target)},
                   numbers(golden["reached"])));
      const TargetRatio ratio = target_ratio(group, reference, target);
      QVERIFY(same(ratio.ratio, number(golden["ratio"])));
      QVERIFY(same({ratio.interval.low, ratio.interval.high}, numbers(golden["interval"])));
      QCOMPARE(ratio.undecided, golden["undecided"].get<int>());
    }
  }

  void distributions_are_counted_alike() {
    for (const Json& golden : golden_["distributions"]) {
      std::vector<std::vector<double>> samples;
      for (const Json& sample : golden["samples"]) samples.push_back(numbers(sample));
      const std::vector<double> edges = common_edges(samples);
      QVERIFY(same(edges, numbers(golden["edges"])));
      for (std::size_t at = 0; at < samples.size(); ++at) {
        const Histogram counted = histogram(samples[at], edges);
        QCOMPARE(counted.counts, golden["counts"][at].get<std::vector<std::size_t>>());
        const Ecdf shares = ecdf(samples[at]);
        QVERIFY(same(shares.x, numbers(golden["ecdf"][at][0])));
        QVERIFY(same(shares.share, numbers(golden["ecdf"][at][1])));
      }
    }
  }

 private:
  Json golden_;
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
