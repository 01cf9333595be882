#include "bench/iteration_cost.h"

#include <cstdio>
#include <deque>
#include <nlohmann/json.hpp>

#include "bench/method_run.h"
#include "bench/random_model.h"
#include "bench/statistics.h"

namespace treegrpo::bench {
namespace {

using Json = nlohmann::ordered_json;

// What is measured of an iteration, in the order it is told.
struct Column {
  const char* name;
  double (*value)(const MethodRun::Timed&);
};

constexpr Column columns[] = {
    {"sample", [](const MethodRun::Timed& t) { return t.record.seconds.sample; }},
    {"decode", [](const MethodRun::Timed& t) { return t.record.seconds.decode; }},
    {"reward", [](const MethodRun::Timed& t) { return t.record.seconds.reward; }},
    {"train", [](const MethodRun::Timed& t) { return t.record.seconds.train; }},
    {"total", [](const MethodRun::Timed& t) { return t.record.seconds.total; }},
    {"cpu", [](const MethodRun::Timed& t) { return t.cpu_seconds; }},
};

// One method, its repeats kept by share of its iterations.
class Measured {
 public:
  Measured(const RunConfig& config, const std::filesystem::path& model)
      : run_(config, model), shares_(shares(config)), repeats_(shares_.size()) {
    run_.iterate(shares_.front().iteration);  // first touches of everything
  }

  void round() {
    for (std::size_t i = 0; i < shares_.size(); ++i)
      repeats_[i].push_back(run_.iterate(shares_[i].iteration));
  }

  // The mean over its iterations of the median over the rounds.
  double median_of(double (*value)(const MethodRun::Timed&)) const {
    double mean = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      std::vector<double> values;
      for (const MethodRun::Timed& timed : repeats_[i]) values.push_back(value(timed));
      mean += shares_[i].share * median(values);
    }
    return mean;
  }

  Json seconds() const {
    Json json;
    for (const Column& column : columns) json[column.name] = median_of(column.value);
    return json;
  }

  // Rows through the network: the same in every round.
  Json rows() const {
    return {{"leaves", median_of([](const auto& t) { return double(t.record.leaves); })},
            {"sampled", median_of([](const auto& t) { return double(t.record.nfe); })},
            {"trained", median_of([](const auto& t) { return double(t.record.trained_passes); })}};
  }

 private:
  MethodRun run_;
  std::vector<Share> shares_;
  std::vector<std::vector<MethodRun::Timed>> repeats_;  // [share][round]
};

void tell(const char* what, int round, int rounds) {
  std::fprintf(stderr, "%s: round %d of %d\n", what, round + 1, rounds);
}

}  // namespace

Json method_costs(std::span<const Case> cases, const std::filesystem::path& model, int rounds) {
  std::deque<Measured> measured;
  for (const Case& each : cases) measured.emplace_back(each.config, model);
  for (int round = 0; round < rounds; ++round) {
    tell("methods", round, rounds);
    for (Measured& each : measured) each.round();
  }
  Json methods = Json::array();
  const auto total = columns[4].value, cpu = columns[5].value;
  for (std::size_t i = 0; i < cases.size(); ++i)
    methods.push_back({{"name", cases[i].name},
                       {"title", cases[i].title},
                       {"keys", cases[i].keys},
                       {"rows", measured[i].rows()},
                       {"seconds", measured[i].seconds()},
                       {"ratio", measured[i].median_of(total) / measured[0].median_of(total)},
                       {"cpu_ratio", measured[i].median_of(cpu) / measured[0].median_of(cpu)}});
  return {{"rounds", rounds}, {"methods", methods}};
}

Json series_costs(std::span<const Point> points, const std::filesystem::path& model, int rounds) {
  std::deque<RandomModel> random_models;
  std::deque<Measured> measured;
  for (const Point& point : points) {
    if (point.heads > 0) random_models.emplace_back(model, point.heads);
    measured.emplace_back(point.config, point.heads > 0 ? random_models.back().path() : model);
  }
  for (int round = 0; round < rounds; ++round) {
    tell("series", round, rounds);
    for (Measured& each : measured) each.round();
  }
  Json series = Json::array();
  for (std::size_t i = 0; i < points.size(); ++i)
    series.push_back({{"axis", points[i].axis},
                      {"value", points[i].value},
                      {"method", points[i].method},
                      {"rows", measured[i].rows()},
                      {"seconds", measured[i].seconds()}});
  return {{"rounds", rounds}, {"series", series}};
}

}  // namespace treegrpo::bench
