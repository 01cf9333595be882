// Prompt files of a run: kept with it, and what stands in for one that is not what it was.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "base/paths.h"
#include "support/fake_engine.h"
#include "workbench/prompt_tasks.h"
#include "workbench/run_prompts.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;

class TestRunPrompts : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  std::shared_ptr<FakeEngine> engine_;
  std::unique_ptr<Workbench> bench_;
  std::vector<std::string> warnings_;

  std::string file(const std::string& name) { return folder_->path().toStdString() + "/" + name; }

  RunConfig config() {
    RunConfig config;
    config.run.name = "mine";
    config.run.iterations = 1;
    config.prompts.per_iteration = 2;
    config.prompts.train = file("mine.csv");
    config.model.path = "model.safetensors";
    return config;
  }

  void train() {
    RunControl control;
    bench_->train(config(), control, [](RunId, const Event&) {});
  }

  void resume() {
    RunControl control;
    bench_->resume({.run = {1}, .iterations = 2}, control, [this](RunId, const Event& event) {
      if (const auto* warning = std::get_if<Warning>(&event))
        warnings_.push_back(warning->sentence);
    });
  }

  // What the engine was told to train on.
  std::vector<Prompt> trained() {
    const std::string& source = engine_->request().config.prompts.train;
    return read_prompts(read_file(source), prompt_format(source)).prompts;
  }

  const std::vector<Prompt> prompts_ = {{"a red circle", "single"}, {"two, green \"hats\"", ""}};

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    engine_ = std::make_shared<FakeEngine>();
    bench_ = std::make_unique<Workbench>(file("store.tgws"), [this] { return engine_; });
    warnings_.clear();
    write_file_atomically(file("mine.csv"), write_prompts(prompts_, PromptFormat::csv));
    train();
  }

  void the_set_of_a_file_is_stored_with_the_run() {
    RunReader reader(file("store.tgws"));
    const std::vector<StoredPrompts> stored = reader.stored_prompts({1});
    QCOMPARE(stored.size(), std::size_t{1});  // scene:held_out is no file
    QVERIFY(stored[0] == (StoredPrompts{PromptPart::train, file("mine.csv"), prompts_}));
    std::filesystem::remove(file("mine.csv"));
    QVERIFY(bench_->prompt_set({1}, PromptPart::train) == prompts_);
    QVERIFY(bench_->prompt_set({1}, PromptPart::held_out) == scene_prompt_set(true));
  }

  void a_file_that_is_what_it_was_is_used() {
    resume();
    QCOMPARE(engine_->request().config.prompts.train, file("mine.csv"));
    QVERIFY(warnings_.empty());
  }

  void the_stored_set_stands_in_for_another_file_and_for_none_data() {
    QTest::addColumn<bool>("gone");
    QTest::addColumn<QString>("why");
    QTest::newRow("changed") << false << "mine.csv' holds other prompts by now";
    QTest::newRow("gone") << true << "mine.csv' cannot be read any more";
  }
  void the_stored_set_stands_in_for_another_file_and_for_none() {
    QFETCH(const bool, gone);
    QFETCH(const QString, why);
    if (gone)
      std::filesystem::remove(file("mine.csv"));
    else
      write_file_atomically(file("mine.csv"), "prompt\nsomething else\n");
    resume();
    QVERIFY(trained() == prompts_);
    QCOMPARE(warnings_.size(), std::size_t{1});
    const QString said = QString::fromStdString(warnings_[0]);
    QVERIFY2(said.contains(why) && said.contains("the 2 prompts that were stored"),
             qPrintable(said));
    const RunConfig readable = bench_->readable_config({1}, config());  // to evaluate it later
    QCOMPARE(readable.prompts.train, engine_->request().config.prompts.train);
    QCOMPARE(bench_->config({1}, 0).prompts.train, file("mine.csv"));  // the run's own stays
  }

  void a_file_that_cannot_be_read_leaves_no_run() {
    RunConfig other = config();
    other.run.name = "other";
    other.prompts.held_out = file("none.txt");
    RunControl control;
    QVERIFY_THROWS_EXCEPTION(Error, bench_->train(other, control, [](RunId, const Event&) {}));
    QCOMPARE(bench_->runs().size(), std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(TestRunPrompts)
#include "tst_run_prompts.moc"
