// Every method's config learns: a short run of experiments/tiny/X.toml on the bundled model raises
// the reward that it trains on. Minutes of two cores, so ./installer/test runs it with --full only.
//
// The same four captions in every iteration, so that rewards of iterations compare: what moves from
// one to the next is noise of the images, and what moves from the first ones to the last is
// learning.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "record/config_toml.h"
#include "rollout/evaluate.h"
#include "scene/scene_prompts.h"
#include "support/bundled_rollout.h"
#include "train/run.h"
#include "train/run_setup.h"

using namespace treegrpo;
using treegrpo::test::bundled_model;

namespace {

constexpr int noises = 600;  // of each caption in an evaluation

}  // namespace

class TestLearning : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY2(std::filesystem::exists(bundled_model()), "the bundled model is missing");
    std::ofstream file(caption_file());
    for (const std::string& caption : captions_) file << caption << '\n';
  }

  void the_reward_of_a_method_rises_data() {
    QTest::addColumn<int>("iterations");
    QTest::newRow("treegrpo") << 40;
    QTest::newRow("branchgrpo") << 120;
    QTest::newRow("mixgrpo") << 25;
    QTest::newRow("dancegrpo") << 30;
    QTest::newRow("flowgrpo") << 30;
  }
  void the_reward_of_a_method_rises() {
    QFETCH(int, iterations);
    const auto [before, after] = scores(QTest::currentDataTag(), iterations);
    const double rise = after.reward - before.reward;
    const double error = std::hypot(before.reward_error, after.reward_error);
    const QString told = QString("%1 -> %2, error of the difference %3")
                             .arg(before.reward)
                             .arg(after.reward)
                             .arg(error);
    qInfo("%s", qPrintable(told));
    QVERIFY2(rise > 3 * error, qPrintable(told));
  }

 private:
  std::string caption_file() const { return folder_.filePath("captions.txt").toStdString(); }

  // Of the captions that train, each from its fixed noises.
  EvaluationRecord score(const RunSetup& setup) const {
    EvaluationPlan plan;
    plan.sigmas = sigma_table(SigmaRule::uniform, 10, 1);
    for (int noise = 0; noise < noises; ++noise)
      plan.prompts.insert(plan.prompts.end(), captions_.begin(), captions_.end());
    return *evaluate(*setup.policy, setup.rewards, plan, {});
  }

  // Before and after a run of the method's config.
  std::pair<EvaluationRecord, EvaluationRecord> scores(const std::string& name,
                                                       int iterations) const {
    RunConfig config = load_config(TREEGRPO_SOURCE_DIR "/experiments/tiny/" + name + ".toml", {});
    config.run.iterations = iterations;
    config.run.threads = 2;  // the same bytes in every run of a build on a machine
    config.run.device = "cpu";
    config.prompts.train = caption_file();
    config.prompts.per_iteration = static_cast<int>(captions_.size());
    config.evaluation = {.every = 0, .steps = 2, .prompts = 1};  // not looked at
    const RunSetup setup = set_up_run({.model = bundled_model(), .weights = {}}, config);
    const EvaluationRecord before = score(setup);
    run_training(
        {.policy = *setup.policy,
         .prompts = setup.prompts,
         .rewards = setup.rewards,
         .held_out = setup.held_out},
        {.config = config, .model = bundled_model(), .checkpoint_folder = {}, .resume_from = {}},
        {});
    return {before, score(setup)};
  }

  const std::vector<std::string> captions_ = balanced_prompts(false, 4);
  QTemporaryDir folder_;
};

QTEST_APPLESS_MAIN(TestLearning)
#include "tst_learning.moc"
