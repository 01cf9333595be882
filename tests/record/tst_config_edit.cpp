#include <QFile>
#include <QTest>

#include "record/config_edit.h"
#include "record/config_fields.h"
#include "record/config_place.h"
#include "record/config_toml.h"
#include "support/any_config.h"
#include "support/property.h"

using namespace treegrpo;

namespace {

RunConfig read(const std::string& text) { return parse_config(text, "text"); }

// The text changed by one --set.
std::string with(const std::string& text, const std::string& set) {
  RunConfig config = read(text);
  set_field(config, set);
  return edited_text(text, config);
}

}  // namespace

class TestConfigEdit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void only_the_value_changes_where_the_key_stands() {
    QCOMPARE(with("# mine\n[run]\nseed = 1   # of everything\n", "run.seed=42"),
             std::string("# mine\n[run]\nseed = 42   # of everything\n"));
    QCOMPARE(with("[run]\nname = \"é ä\"  # é\n", "run.name=b"),
             std::string("[run]\nname = \"b\"  # é\n"));
    QCOMPARE(with("[method]\nsplit_steps = [0, 3]# x\n", "method.split_steps=[1]"),
             std::string("[method]\nsplit_steps = [1]# x\n"));
    QCOMPARE(with("[sampler]\nshare_prefix = false # x\n", "sampler.share_prefix=true"),
             std::string("[sampler]\nshare_prefix = true # x\n"));
    QCOMPARE(with("run.seed = 1 # x\n", "run.seed=2"), std::string("run.seed = 2 # x\n"));
  }
  void a_missing_key_goes_below_the_head_of_its_section() {
    QCOMPARE(with("[run]  # x\nseed = 1\n", "run.iterations=7"),
             std::string("[run]  # x\niterations = 7\nseed = 1\n"));
    QCOMPARE(with("[run]\nseed = 1", "method.window=2"),
             std::string("[run]\nseed = 1\n\n[method]\nwindow = 2\n"));
  }
  void items_come_and_go_at_the_end_of_their_list() {
    const std::string text = "[[reward]]\nname = \"scene\" # a\n\n# then\n[run]\nseed = 3\n";
    const std::string two = with(text, "reward.1.name=jpeg_size");
    QCOMPARE(two, text + "\n[[reward]]\nname = \"jpeg_size\"\n");
    RunConfig one = read(two);
    one.reward.pop_back();
    QCOMPARE(read(edited_text(two, one)), one);
    QVERIFY(edited_text(two, one).starts_with(text));
  }
  void a_text_that_is_no_config_is_written_anew() {
    QCOMPARE(edited_text("[run", RunConfig{}), config_toml(RunConfig{}));
  }
  void the_presets_keep_every_comment() {
    for (const char* method : {"treegrpo", "branchgrpo", "mixgrpo", "dancegrpo", "flowgrpo"}) {
      QFile file(QString("%1/experiments/tiny/%2.toml").arg(TREEGRPO_SOURCE_DIR, method));
      QVERIFY(file.open(QIODevice::ReadOnly));
      const std::string text = file.readAll().toStdString();
      std::string changed = text;
      for (const char* set : {"run.seed=99", "sampler.steps=12", "optimizer.learning_rate=3e-05",
                              "run.name=a", "credit.std=batch", "reward.0.weight=2.5"})
        changed = with(changed, set);
      QCOMPARE(get_field(read(changed), "optimizer.learning_rate"), std::string("3e-05"));
      QCOMPARE(std::count(changed.begin(), changed.end(), '#'),
               std::count(text.begin(), text.end(), '#'));
    }
  }
  void any_change_reads_back_as_the_config_that_was_meant() {
    QVERIFY(test::holds("edited_text reads back", [] {
      const RunConfig from = test::any_config();
      const RunConfig to = test::any_config();
      RC_ASSERT(read(edited_text(config_toml(from), to)) == to);
    }));
  }
  void a_key_has_the_line_of_its_value() {
    const std::string text = "[run]\nseed = 1\n\n[[reward]]\nname = 'a'\n[[reward]]\nweight = 2\n";
    QCOMPARE(key_line(text, "run.seed"), std::optional<std::size_t>(2));
    QCOMPARE(key_line(text, "reward.1.weight"), std::optional<std::size_t>(7));
    QCOMPARE(key_line(text, "run.name"), std::nullopt);
  }
  void a_complaint_tells_its_keys() {
    using Keys = std::vector<std::string>;
    QCOMPARE(named_keys(configuration_error("method.window = 9 does not fit into sampler.steps")),
             (Keys{"method.window", "sampler.steps"}));
    QCOMPARE(named_keys(configuration_error("every [[reward]] has weight = 0")), Keys{"reward"});
    QCOMPARE(named_keys(configuration_error("schedule.step.2.train needs noise")),
             Keys{"schedule.step.2.train"});
    QCOMPARE(named_keys(Error("run.seed")), Keys{});
  }
};

QTEST_GUILESS_MAIN(TestConfigEdit)
#include "tst_config_edit.moc"
