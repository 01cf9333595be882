// What a run's iterations say about the machine, against the run itself.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "support/fake_engine.h"
#include "tree/method.h"
#include "tree/schedule_cost.h"
#include "workbench/measured_figures.h"
#include "workbench/workbench.h"

using namespace treegrpo;

namespace {

IterationRecord iterated(std::int32_t at, std::int64_t nfe, std::int64_t leaves) {
  IterationRecord record;
  record.iteration = at;
  record.nfe = nfe;
  record.leaves = leaves;
  record.trained_passes = 10;
  record.seconds.sample = 4;
  record.seconds.train = 6;
  return record;
}

RunSummary stored(std::int32_t iterations, std::int64_t image_bytes) {
  RunSummary run;
  run.iterations = iterations;
  run.image_bytes = image_bytes;
  return run;
}

}  // namespace

class TestMeasuredFigures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nothing_is_known_before_the_first_iteration() {
    QVERIFY(std::isnan(measured_figures({}, {}, stored(0, 0)).forward_seconds));
  }

  void a_picture_takes_the_mean_of_those_that_were_kept() {
    RunConfig config;
    config.images.every = 2;
    const std::vector<IterationRecord> iterations = {iterated(0, 100, 20), iterated(1, 100, 20),
                                                     iterated(2, 50, 10)};
    // 120 pictures of iteration 0, 20 of 1; those of 2 are not in the sum yet.
    const MeasuredFigures figures = measured_figures(config, iterations, stored(2, 140 * 900));
    QCOMPARE(figures.thumbnail_bytes, 900 + stored_picture_bytes);
  }

  void seconds_are_of_the_rows_of_the_last_iteration() {
    RunConfig config;
    config.model.guidance_scale = 2;
    config.objective.updates = 3;
    const std::vector<IterationRecord> iterations = {iterated(0, 1, 1), iterated(1, 50, 10)};
    const MeasuredFigures figures = measured_figures(config, iterations, stored(2, 1));
    QCOMPARE(figures.forward_seconds, 4. / (2 * 50));
    QCOMPARE(figures.train_seconds, 6. / (3 * (config.model.train_guidance ? 2 : 1) * 10));
  }

  void the_store_grows_as_foretold() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("store.tgws").toStdString();
    RunConfig config;
    config.run.iterations = 20;
    config.prompts.per_iteration = 4;
    config.images.every = 5;
    config.checkpoint.every = 1000;
    RunControl control;
    test::FakeEngineOptions options;
    options.pictures = true;
    Workbench(file, [&] {
      return std::make_shared<test::FakeEngine>(options);
    }).train(config, control, [](RunId, const Event&) {});
    const auto held = static_cast<double>(std::filesystem::file_size(file));
    Workbench bench(file, {});
    config = bench.config({1}, 0);
    const MeasuredFigures figures =
        measured_figures(config, bench.iterations({1}), bench.find_run("1"));
    double foretold = 0;
    for (int iteration = 0; iteration < config.run.iterations; ++iteration)
      foretold += estimate(config, counts(schedule_at(config, iteration)), figures).store_bytes;
    QVERIFY2(foretold > .75 * held && foretold < 1.25 * held,
             qPrintable(QString("%1 foretold, %2 held").arg(foretold).arg(held)));
  }
};

QTEST_GUILESS_MAIN(TestMeasuredFigures)
#include "tst_measured_figures.moc"
