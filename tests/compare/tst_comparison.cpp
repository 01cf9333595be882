// Groups of runs side by side, and what is said about them.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "compared_runs.h"
#include "store/store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Two methods of three seeds; the second one learns twice as fast.
std::vector<ComparedRun> six_runs() {
  std::vector<ComparedRun> runs;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const double luck = .01 * static_cast<double>(seed);
    const std::string number = std::to_string(seed);
    runs.push_back(compared_run("slow" + number, "flowgrpo", seed,
                                {luck, .2 + luck, .4 + luck, .6 + luck, .8 + luck}));
    runs.push_back(
        compared_run("fast" + number, "treegrpo", seed, {luck, .4 + luck, .8 + luck, .8, .8}));
  }
  return runs;
}

bool says(const std::vector<std::string>& remarks, const char* text) {
  return std::any_of(remarks.begin(), remarks.end(), [&](const std::string& remark) {
    return remark.find(text) != std::string::npos;
  });
}

}  // namespace

class TestComparison : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void groups_have_means_bands_and_times_to_a_target() {
    const auto runs = six_runs();
    const Comparison found =
        compare_runs(runs, {.axis = XAxis::nfe, .target = Target{.value = .75}});
    QCOMPARE(found.groups.size(), std::size_t{2});
    const ComparedGroup& fast = found.groups[1];
    QCOMPARE(fast.letter, std::string("B"));
    QCOMPARE(fast.label, std::string("treegrpo"));
    QCOMPARE(fast.runs, (std::vector<std::size_t>{1, 3, 5}));
    QCOMPARE(fast.point.n, 3);
    QCOMPARE(found.groups[0].reached, 500.);
    QCOMPARE(fast.reached, 300.);
    QCOMPARE(fast.sooner.ratio, 5. / 3);
    QCOMPARE(fast.sooner.interval.low, 5. / 3);
    QVERIFY(fast.remarks.empty() && found.remarks.empty());
    QCOMPARE(found.config.front().key, std::string("method.name"));
    QCOMPARE(found.config.size(), std::size_t{2});  // and run.seed
  }

  void a_falling_metric_is_reached_from_above() {
    const std::vector runs = {compared_run("a", "treegrpo", 1, {.9, .5, .1})};
    const auto reached = [&](bool falling) {
      return compare_runs(runs, {.target = Target{.value = .5, .falling = falling}})
          .groups[0]
          .reached;
    };
    QCOMPARE(reached(true), 1.);
    QCOMPARE(reached(false), 0.);
  }

  void a_target_that_no_run_reaches_is_not_reached() {
    const auto runs = six_runs();
    const Comparison found = compare_runs(runs, {.target = Target{.value = 2}});
    QCOMPARE(found.groups[1].reached, not_reached);
    QVERIFY(std::isnan(found.groups[1].sooner.ratio));
    QCOMPARE(found.groups[1].sooner.undecided, bootstrap_resamples);
  }

  void labels_name_what_tells_groups_of_a_method_apart() {
    std::vector<ComparedRun> runs = six_runs();
    for (ComparedRun& run : runs) run.config.method.name = "treegrpo";
    for (std::size_t at = 0; at < 6; at += 2) runs[at].config.method.window = 5;
    const Comparison found = compare_runs(runs, {});
    QCOMPARE(found.groups[0].label, std::string("treegrpo method.window=5"));
    QCOMPARE(found.groups[1].label, std::string("treegrpo method.window=3"));
  }

  void what_is_partial_is_said_data() {
    QTest::addColumn<QString>("remark");
    for (const char* remark :
         {"'short' has no 'reward' at 4 iterations; it has it from 0 to 1",
          "the runs of A end at 1 to 4 iterations: beyond 1 its mean is over fewer runs",
          "'empty' has no 'reward': A is over 3 of 4 runs",
          "B is one run: it has no band and no interval",
          "'first' and 'twin' of A have the same seed",
          "objective.kl_beta of 'other' was changed from 0 to 0.1 at iteration 2",
          "the runs have different prompts (elsewhere.txt, scene:train)",
          "the seeds do not match: A has seeds 1, 2, B has seed 1"})
      QTest::newRow(remark) << QString(remark);
  }
  void what_is_partial_is_said() {
    QFETCH(QString, remark);
    std::vector runs = {compared_run("first", "treegrpo", 1, {1, 2, 3, 4, 5}),
                        compared_run("short", "treegrpo", 2, {1, 2}),
                        compared_run("twin", "treegrpo", 1, {1, 2, 3, 4, 5}),
                        compared_run("empty", "treegrpo", 3, {}),
                        compared_run("other", "flowgrpo", 1, {1, 2, 3, 4, 5})};
    runs[4].config.prompts.train = "elsewhere.txt";
    runs[4].changes = {
        {.iteration = 2, .key = "objective.kl_beta", .old_value = "0", .new_value = "0.1"}};
    const Comparison found = compare_runs(runs, {.at = 4});
    QCOMPARE(found.groups[0].point.n, 2);
    std::vector<std::string> said = found.remarks;
    for (const ComparedGroup& group : found.groups)
      said.insert(said.end(), group.remarks.begin(), group.remarks.end());
    for (const std::string& sentence : said) qInfo("%s", sentence.c_str());
    QVERIFY(says(said, remark.toUtf8()));
  }

  void two_runs_are_said_to_be_two() {
    const std::vector runs = {compared_run("a", "treegrpo", 1, {1, 2}),
                              compared_run("b", "treegrpo", 2, {1, 2})};
    QVERIFY(says(compare_runs(runs, {}).groups[0].remarks, "A is two runs"));
  }

  void what_cannot_be_compared_is_one_sentence() {
    const auto runs = six_runs();
    VERIFY_SAYS(compare_runs({}, {}), "there is no run to compare");
    VERIFY_SAYS(compare_runs(runs, {.metric = "rewrad"}),
                "none of the runs has the metric 'rewrad'; they have reward, reward.scene");
    const std::vector empty = {compared_run("a", "treegrpo", 1, {})};
    VERIFY_SAYS(compare_runs(empty, {}), "the runs have no iteration yet");
  }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
