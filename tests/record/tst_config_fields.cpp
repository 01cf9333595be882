#include <QtTest>
#include <set>
#include <variant>

#include "base/error.h"
#include "record/config_fields.h"

using namespace treegrpo;

namespace {

// Every key that scripts may rely on.
const std::vector<std::string> promised_keys = {
    "run.name",
    "run.seed",
    "run.iterations",
    "run.threads",
    "run.device",
    "run.precision",
    "model.path",
    "model.guidance_scale",
    "model.train_guidance",
    "method.name",
    "method.window",
    "method.branch",
    "method.trees",
    "method.group",
    "method.window_rule",
    "method.window_ratio",
    "method.split_steps",
    "method.backup",
    "method.backup_temperature",
    "method.train_fraction",
    "sampler.kind",
    "sampler.steps",
    "sampler.shift",
    "sampler.noise_level",
    "sampler.micro_batch",
    "sampler.share_prefix",
    "schedule.max_leaves",
    "schedule.step.branch",
    "schedule.step.noise_level",
    "schedule.step.train",
    "schedule.keyframe.iteration",
    "schedule.keyframe.set",
    "prompts.train",
    "prompts.held_out",
    "prompts.per_iteration",
    "reward.name",
    "reward.weight",
    "credit.rule",
    "credit.std",
    "credit.std_min",
    "credit.adv_clip_max",
    "objective.clip_range",
    "objective.kl_beta",
    "objective.aggregation",
    "objective.step_weight",
    "objective.updates",
    "optimizer.learning_rate",
    "optimizer.weight_decay",
    "optimizer.gradient_clip",
    "ema.decay",
    "ema.every",
    "evaluation.every",
    "evaluation.steps",
    "evaluation.prompts",
    "checkpoint.every",
    "checkpoint.keep",
    "probe.prompts",
    "probe.source",
    "probe.seeds",
    "probe.steps",
    "probe.every",
    "images.every",
    "images.size",
    "images.budget_mb",
};

const ConfigField& row_of(const std::string& key) {
  for (const ConfigField& field : config_fields()) {
    if (field.key == key) return field;
  }
  throw std::logic_error("no row " + key);
}

// The sentence with which an assignment is refused, empty if it is taken.
QString refusal_of(const std::string& argument) {
  RunConfig config;
  try {
    set_field(config, argument);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::configuration) return "wrong kind of error";
    return QString::fromStdString(error.what());
  }
  return "";
}

}  // namespace

class TestConfigFields : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_promised_key_has_a_row() {
    std::set<std::string> keys;
    for (const ConfigField& field : config_fields()) {
      QVERIFY2(keys.insert(field.key).second, ("twice: " + field.key).c_str());
    }
    for (const std::string& key : promised_keys) QVERIFY2(keys.contains(key), key.c_str());
  }

  void every_default_lies_in_its_range_and_every_row_has_help() {
    RunConfig config;
    config.schedule.step.resize(1);
    config.schedule.keyframe.resize(1);
    for (const ConfigField& field : config_fields()) {
      const auto problem = value_problem(field, field_value(field, &config), field.key);
      QVERIFY2(!problem, problem.value_or("").c_str());
      QVERIFY2(!field.help.empty(), field.key.c_str());
      QCOMPARE(field.kind == FieldKind::choice, !field.choices.empty());
    }
  }

  void rows_name_different_members() {
    RunConfig config;
    config.schedule.step.resize(1);
    config.schedule.keyframe.resize(1);
    std::set<const void*> members;
    for (const ConfigField& field : config_fields()) {
      std::visit([&](const auto* member) { members.insert(member); }, field.member(&config, 0));
    }
    QCOMPARE(members.size(), config_fields().size());
  }

  void what_get_field_gives_set_field_takes() {
    RunConfig source;
    source.run.name = "night \"run\" = 3";
    source.run.seed = 18446744073709551615u;
    source.optimizer.learning_rate = 1.0 / 3;
    source.method.split_steps = {1, 4};
    source.reward[0].weight = -2.5;
    RunConfig target;
    for (const ConfigField& field : config_fields()) {
      if (field.list.starts_with("schedule.")) continue;
      std::string key = field.key;
      if (!field.list.empty()) key.insert(field.list.size(), ".0");
      set_field(target, key + "=" + get_field(source, key));
    }
    QVERIFY(source == target);
  }

  void values_are_read_by_the_kind_of_their_field() {
    RunConfig config;
    set_field(config, "optimizer.learning_rate=3e-4");
    set_field(config, "method.window_ratio=.25");
    set_field(config, "method.split_steps=[0,3]");
    set_field(config, "model.train_guidance=true");
    set_field(config, "run.name=12");
    set_field(config, "sampler.shift=3");
    QCOMPARE(config.optimizer.learning_rate, 3e-4);
    QCOMPARE(config.method.window_ratio, .25);
    QVERIFY((config.method.split_steps == std::vector<int>{0, 3}));
    QVERIFY(config.model.train_guidance);
    QCOMPARE(config.run.name, std::string("12"));
    QCOMPARE(config.sampler.shift, 3.0);
    set_field(config, "method.split_steps=[]");
    QVERIFY(config.method.split_steps.empty());
  }

  void a_list_that_may_be_empty_is_emptied() {
    RunConfig config;
    set_field(config, "schedule.step.0.branch=2");
    set_field(config, "schedule.step=[]");
    QVERIFY(config.schedule.step.empty());
    QVERIFY(!refusal_of("reward=[]").isEmpty());
    QVERIFY(!refusal_of("schedule.step=[0]").isEmpty());
  }

  void items_of_lists_are_named_by_number_or_name_and_added_at_the_end() {
    RunConfig config;
    set_field(config, "reward.scene.weight=2");
    QCOMPARE(config.reward[0].weight, 2.0);
    set_field(config, "reward.1.name=jpeg_size");
    set_field(config, "reward.jpeg_size.weight=-1");
    QCOMPARE(config.reward.size(), std::size_t{2});
    QCOMPARE(config.reward[1].weight, -1.0);
    set_field(config, "schedule.step.0.noise_level=0.7");
    QCOMPARE(config.schedule.step.at(0).noise_level, .7);
    QCOMPARE(get_field(config, "reward.1.name"), std::string("jpeg_size"));
  }

  void a_refused_item_is_not_added() {
    RunConfig config;
    QVERIFY_EXCEPTION_THROWN(set_field(config, "reward.1.weight=heavy"), Error);
    QCOMPARE(config.reward.size(), std::size_t{1});
  }

  void a_refused_assignment_says_what_was_expected_and_found_data() {
    QTest::addColumn<std::string>("argument");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* argument, const char* sentence) {
      QTest::newRow(argument) << std::string(argument) << QString(sentence);
    };
    row("method.windwo=3", "unknown key method.windwo; the nearest known key is method.window");
    row("learning_rate=1",
        "unknown key learning_rate; the nearest known key is "
        "optimizer.learning_rate");
    row("method.steps=4", "unknown key method.steps; the nearest known key is sampler.steps");
    row("reward.0.wieght=1", "the nearest known key is reward.weight");
    row("reward.weight=1", "reward.weight needs an item: reward.0.weight");
    row("reward.clip.weight=1", "no item of reward is called \"clip\"");
    row("reward.7.weight=1", "reward has 1 items");
    row("method.window=0", "method.window must be an integer from 1 to 1000, found 0");
    row("method.window=2.5", "must be an integer from 1 to 1000, found \"2.5\"");
    row("method.window=99999999999999", "must be an integer from 1 to 1000");
    row("method.window_ratio=1", "must be a number above 0 and below 1");
    row("sampler.shift=0", "must be a number above 0 and at most 100");
    row("ema.decay=1", "must be a number of at least 0 and below 1");
    row("optimizer.learning_rate=nan", "must be a number from 0 to 1, found nan");
    row("optimizer.learning_rate=inf", "must be a number from 0 to 1, found inf");
    row("optimizer.learning_rate=true", "must be a number from 0 to 1, found \"true\"");
    row("optimizer.learning_rate=", "found \"\"");
    row("sampler.share_prefix=1", "must be true or false, found \"1\"");
    row("sampler.kind=euler", "must be one of flow_sde, dance_sde, cps, ddim, ode");
    row("run.seed=-1", "must be an integer from 0 to 18446744073709551615");
    row("run.seed=18446744073709551616", "must be an integer from 0 to");
    row("method.split_steps=0,3", "must be a list of integers, each from 0 to 1000");
    row("method.split_steps=[0,-3]", "found [0, -3]");
    row("run.seed", "expected KEY=VALUE");
    row("=3", "unknown key");
    row("reward=3", "unknown key reward");
  }

  void a_refused_assignment_says_what_was_expected_and_found() {
    QFETCH(std::string, argument);
    QFETCH(QString, sentence);
    const QString refusal = refusal_of(argument);
    const QString start = "--set " + QString::fromStdString(argument) + ": ";
    QVERIFY2(refusal.startsWith(start), qPrintable(refusal));
    if (sentence.contains("found 0")) sentence.replace("\"0\"", "0");
    QVERIFY2(refusal.contains(sentence), qPrintable(refusal));
  }

  void the_default_of_a_field_is_what_an_untouched_config_holds() {
    RunConfig config;
    config.schedule.step.resize(1);
    config.schedule.keyframe.resize(1);
    for (const ConfigField& field : config_fields())
      QVERIFY2(default_value(field) == field_value(field, &config), field.key.c_str());
  }

  void bytes_that_are_no_text_are_refused() {
    QVERIFY(refusal_of("run.name=\xff\xfe").contains("not UTF-8"));
    RunConfig config;
    QVERIFY_EXCEPTION_THROWN(set_field_value(row_of("run.name"), &config, 0, std::string("\xc3")),
                             Error);
  }

  void a_value_of_another_kind_is_refused_whatever_the_field() {
    const std::vector<FieldValue> values = {std::int64_t{1}, .5, true, std::string("x"),
                                            std::vector<std::int64_t>{1}};
    const auto takes = [&](const char* key) {
      QString kinds;
      for (const FieldValue& value : values) {
        kinds += value_problem(row_of(key), value, key) ? '-' : '+';
      }
      return kinds;
    };
    QCOMPARE(takes("sampler.steps"), QString("+----"));
    QCOMPARE(takes("run.seed"), QString("+----"));
    QCOMPARE(takes("sampler.noise_level"), QString("++---"));
    QCOMPARE(takes("sampler.share_prefix"), QString("--+--"));
    QCOMPARE(takes("run.name"), QString("---+-"));
    QCOMPARE(takes("sampler.kind"), QString("-----"));
    QCOMPARE(takes("method.split_steps"), QString("----+"));
  }
};

QTEST_GUILESS_MAIN(TestConfigFields)
#include "tst_config_fields.moc"
