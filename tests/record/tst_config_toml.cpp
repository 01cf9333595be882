#include <rapidcheck.h>

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/error.h"
#include "record/config_toml.h"
#include "record/field_row.h"
#include "support/any_config.h"
#include "support/effort.h"

using namespace treegrpo;
using treegrpo::test::any_config;
using treegrpo::test::any_value;

namespace {

const std::string example_path =
    std::string(TREEGRPO_SOURCE_DIR) + "/experiments/tiny/treegrpo.toml";

std::string example_text() { return read_config_file(example_path); }

// The sentence with which a text is refused, empty if it is taken.
QString refusal_of(const std::string& text) {
  try {
    parse_config(text, "a.toml");
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::configuration) return "wrong kind of error";
    return QString::fromStdString(error.what());
  }
  return "";
}

QString file_refusal_of(const std::string& path) {
  try {
    load_config(path);
  } catch (const Error& error) {
    return QString::fromStdString(error.what());
  }
  return "";
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Another config with its own rows, as the pretraining has.
struct DataSection {
  std::int64_t pictures = 80000;
  std::string task = "scene";
  bool operator==(const DataSection&) const = default;
};
struct OtherConfig {
  DataSection data;
  double rate = 2e-3;
  bool operator==(const OtherConfig&) const = default;
};

FieldsOf<OtherConfig> other_fields() {
  static const std::vector<ConfigField> rows = {
      row<&OtherConfig::rate>("rate", above(0), "", "of the optimiser"),
      row<&OtherConfig::data, &DataSection::pictures>("data.pictures", at_least(1), "pictures",
                                                      "drawn once"),
      row<&OtherConfig::data, &DataSection::task>("data.task", {"scene", "digits"},
                                                  "what is drawn"),
  };
  return {{rows, {}}};
}

}  // namespace

class TestConfigToml : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_empty_text_is_the_default() { QVERIFY(parse_config("", "a.toml") == RunConfig{}); }

  void the_default_survives_printing() {
    QVERIFY(parse_config(config_toml(RunConfig{}), "a.toml") == RunConfig{});
  }

  void any_config_survives_printing() {
    QVERIFY(rc::check("parse(print(config)) == config", [] {
      const RunConfig config = any_config();
      const std::string text = config_toml(config);
      const RunConfig again = parse_config(text, "a.toml");
      RC_ASSERT(again == config);
      RC_ASSERT(config_toml(again) == text);
    }));
  }

  void every_row_survives_printing() {
    for (const ConfigField& field : config_fields()) {
      QVERIFY(rc::check(field.key, [&] {
        RunConfig config;
        config.schedule.step.resize(1);
        config.schedule.keyframe.resize(1);
        const FieldValue value = any_value(field);
        RC_PRE(!value_problem(field, value, field.key));
        set_field_value(field, &config, 0, value);
        const RunConfig again = parse_config(config_toml(config), "a.toml");
        RC_ASSERT(field_value(field, &again, 0) == value);
      }));
    }
  }

  void every_key_of_a_printed_config_has_its_help_unit_and_range() {
    QVERIFY(rc::check("every row is explained", [] {
      const std::string text = config_toml(any_config());
      for (const ConfigField& field : config_fields()) {
        std::string comment = "# " + field.help;
        const std::string bounds = field_bounds_text(field);
        if (!field.unit.empty() || !bounds.empty())
          comment +=
              " [" + field.unit + (field.unit.empty() || bounds.empty() ? "" : ", ") + bounds + "]";
        RC_ASSERT(text.find(comment) != std::string::npos);
      }
    }));
  }

  void a_list_without_items_is_shown_as_a_comment() {
    std::string text = config_toml(RunConfig{});
    QVERIFY(parse_config(text, "a.toml").schedule.step.empty());
    for (const std::string line :
         {"# [[schedule.step]]", "# branch = 1 ", "# noise_level = 0.0 ", "# train = false "}) {
      const std::size_t at = text.find("\n" + line);
      QVERIFY2(at != std::string::npos, line.c_str());
      text.erase(at + 1, 2);
    }
    QVERIFY(parse_config(text, "a.toml").schedule.step == std::vector<StepPlan>(1));
  }

  void seeds_beyond_toml_are_quoted() {
    const RunConfig config = parse_config("[run]\nseed = \"18446744073709551615\"\n", "a.toml");
    QCOMPARE(config.run.seed, std::uint64_t{18446744073709551615u});
    QVERIFY(config_toml(config).find("seed = \"18446744073709551615\"") != std::string::npos);
    QVERIFY(refusal_of("[run]\nseed = \"7\"\n").contains("run.seed must be an integer from 0"));
  }

  void integers_are_taken_for_reals() {
    QCOMPARE(parse_config("[sampler]\nshift = 3\n", "a.toml").sampler.shift, 3.0);
  }

  void a_list_in_the_text_replaces_the_default() {
    const RunConfig config = parse_config(
        "[[reward]]\nname = \"a\"\n[[reward]]\nname = \"b\"\nweight = -1\n[[schedule.step]]\n"
        "branch = 3\nnoise_level = 0.7\ntrain = true\n",
        "a.toml");
    QCOMPARE(config.reward.size(), std::size_t{2});
    QCOMPARE(config.reward[0].weight, 1.0);
    QCOMPARE(config.reward[1].weight, -1.0);
    QVERIFY((config.schedule.step == std::vector<StepPlan>{{3, .7, true}}));
    QCOMPARE(parse_config("reward = [{name = \"c\"}]", "a.toml").reward[0].name, std::string("c"));
  }

  void sets_come_after_the_file_in_order() {
    const std::vector<std::string> sets = {"run.seed=5", "run.seed=6", "reward.scene.weight=2"};
    const RunConfig config = load_config(example_path, sets);
    QCOMPARE(config.run.seed, std::uint64_t{6});
    QCOMPARE(config.reward.at(0).weight, 2.0);
  }

  void the_example_is_the_task_of_the_demonstration() {
    const RunConfig config = load_config(example_path);
    QCOMPARE(config.method.name, std::string("treegrpo"));
    QCOMPARE(config.method.window, 3);
    QCOMPARE(config.method.branch, 3);
    QCOMPARE(config.sampler.steps, 10);
    QVERIFY(config.prompts.per_iteration >= 2);
    QCOMPARE(config.reward.size(), std::size_t{1});
    QVERIFY(config.evaluation.every > 0 && config.evaluation.every <= 40);
    QCOMPARE(config.ema.decay, 0.0);
    QCOMPARE(config.credit.std_min, .05);
  }

  void what_is_wrong_is_said_with_file_line_and_key_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* text, const char* sentence) {
      QTest::newRow(name) << std::string(text) << QString(sentence);
    };
    row("unknown key", "[method]\nwindow = 3\nwindwo_ratio = .5\n",
        "a.toml line 3: not valid TOML");
    row("unknown key", "[method]\nwindow = 3\nwindwo_ratio = 0.5\n",
        "a.toml line 3: unknown key method.windwo_ratio; the nearest known key is "
        "method.window_ratio");
    row("key of another table", "[method]\nsteps = 3\n",
        "a.toml line 2: unknown key method.steps; the nearest known key is sampler.steps");
    row("key of no table", "seed = 3\n",
        "a.toml line 1: unknown key seed; the nearest known key is run.seed");
    row("unknown table", "\n[optimiser]\nlearning_rate = 1\n",
        "a.toml line 2: unknown table optimiser; the nearest known table is optimizer");
    row("unknown array of tables", "[[rewards]]\nname = \"scene\"\n",
        "a.toml line 1: unknown table rewards; the nearest known table is reward");
    row("unknown key of an item", "[[reward]]\nwieght = 2\n",
        "a.toml line 2: unknown key reward.wieght; the nearest known key is reward.weight");
    row("dotted key in quotes", "\"run.seed\" = 3\n", "a.toml line 1: unknown key run.seed");
    row("empty key", "[run]\n\"\" = 3\n", "a.toml line 2: unknown key run.;");
    row("key with a line break", "\"a\\nb\" = 3\n", "a.toml line 1: unknown key \"a\\nb\"");
    row("real for an integer", "[method]\nwindow = 2.0\n",
        "a.toml line 2: method.window must be an integer from 1 to 1000, found 2.0");
    row("boolean for a number", "[optimizer]\n\nlearning_rate = true\n",
        "a.toml line 3: optimizer.learning_rate must be a number from 0 to 1, found true");
    row("boolean for an integer", "[run]\niterations = true\n",
        "a.toml line 2: run.iterations must be an integer of at least 1, found true");
    row("text for a number", "[optimizer]\nlearning_rate = \"1e-4\"\n",
        "a.toml line 2: optimizer.learning_rate must be a number from 0 to 1, found \"1e-4\"");
    row("number for text", "[run]\nname = 7\n", "a.toml line 2: run.name must be text, found 7");
    row("number for a boolean", "[sampler]\nshare_prefix = 1\n",
        "a.toml line 2: sampler.share_prefix must be true or false, found 1");
    row("nan", "[credit]\nstd_min = nan\n",
        "a.toml line 2: credit.std_min must be a number of at least 0, found nan");
    row("inf", "[credit]\nadv_clip_max = inf\n",
        "a.toml line 2: credit.adv_clip_max must be a number above 0, found inf");
    row("nan of a weight", "[[reward]]\nweight = nan\n",
        "a.toml line 2: reward.0.weight must be a number, found nan");
    row("out of range", "[method]\nwindow_ratio = 1\n",
        "a.toml line 2: method.window_ratio must be a number above 0 and below 1, found 1");
    row("beyond an int", "[run]\niterations = 3000000000\n",
        "a.toml line 2: run.iterations must be an integer of at least 1");
    row("unknown choice", "[sampler]\nkind = \"euler\"\n",
        "a.toml line 2: sampler.kind must be one of flow_sde, dance_sde, cps, ddim, ode, found "
        "\"euler\"");
    row("list of text", "[method]\nsplit_steps = [0, \"3\"]\n",
        "a.toml line 2: method.split_steps must be a list of integers, each from 0 to 1000, found "
        "a list");
    row("list out of range", "[method]\nsplit_steps = [0, -3]\n",
        "a.toml line 2: method.split_steps must be a list of integers, each from 0 to 1000, found "
        "[0, -3]");
    row("date", "[run]\nname = 2020-01-01\n",
        "a.toml line 2: run.name must be text, found a date or time");
    row("table for a value", "[run.name]\nx = 1\n",
        "a.toml line 1: run.name must be text, found a table");
    row("value for a table", "method = \"treegrpo\"\n",
        "a.toml line 1: method must be a table, [method], found \"treegrpo\"");
    row("table for a list", "[reward]\nname = \"scene\"\n",
        "a.toml line 1: reward must be an array of tables, [[reward]], found a table");
    row("no reward", "reward = []\n", "a.toml line 1: reward must have 1 to 100 items, found 0");
    row("second item", "[[reward]]\n[[reward]]\nname = 1\n",
        "a.toml line 3: reward.1.name must be text, found 1");
    row("key given twice", "[run]\nseed = 1\nname = \"x\"\nseed = 2\n",
        "a.toml line 4: seed is given twice");
    row("table given twice", "[run]\nseed = 1\n[run]\nname = \"x\"\n",
        "a.toml line 3: run is given twice");
    row("no closing quote", "[run]\nname = \"x\n", "a.toml line 2: not valid TOML: ");
    row("not UTF-8", "[run]\nname = \"\xff\"\n", "a.toml line 2: not UTF-8 text");
    row("first in the file comes first", "[sampler]\nsteps = 0\n[method]\nwindow = 0\n",
        "a.toml line 2: sampler.steps must be");
  }

  void what_is_wrong_is_said_with_file_line_and_key() {
    QFETCH(std::string, text);
    QFETCH(QString, sentence);
    const QString refusal = refusal_of(text);
    QVERIFY2(refusal.startsWith(sentence), qPrintable(refusal));
    QVERIFY2(!refusal.contains('\n'), qPrintable(refusal));
  }

  void files_that_are_no_configs_are_refused() {
    QTemporaryDir folder;
    const std::string directory = folder.path().toStdString();
    const std::string path = directory + "/c.toml";
    QVERIFY(file_refusal_of(directory).contains("is a directory"));
    QVERIFY(file_refusal_of(path).contains("does not exist"));
    write_file(path, std::string(1'000'001, '#'));
    QVERIFY(file_refusal_of(path).contains("larger than 1 MB"));
    write_file(path, std::string(1'000'000, '#'));
    QCOMPARE(file_refusal_of(path), QString(""));
    write_file(path, std::string("[run]\nseed = 1\n\0", 16));
    QVERIFY(file_refusal_of(path).contains("line 3"));
    write_file(path, "[run]\nsed = 1\n");
    QVERIFY(file_refusal_of(path).startsWith(QString::fromStdString(path) + " line 2: "));
    std::filesystem::permissions(path, std::filesystem::perms::none);
    if (!std::ifstream(path)) QVERIFY(file_refusal_of(path).contains("cannot be read"));
  }

  void byte_order_marks_and_carriage_returns_do_no_harm() {
    QCOMPARE(refusal_of("\xef\xbb\xbf[run]\r\nseed = 3\r\n"), QString(""));
  }

  void another_config_uses_the_same_rows_and_reader() {
    const OtherConfig config =
        parse_toml(other_fields(), "rate = 0.5\n[data]\npictures = 70000000000\n", "p.toml",
                   std::vector<std::string>{"data.task=digits"});
    QVERIFY((config == OtherConfig{{70000000000, "digits"}, .5}));
    QVERIFY(parse_toml(other_fields(), toml_text(other_fields(), config), "p.toml") == config);
    QVERIFY_EXCEPTION_THROWN(parse_toml(other_fields(), "[data]\npicture = 7\n", "p.toml"), Error);
  }

  void a_damaged_example_is_read_or_refused_and_nothing_else() {
    const std::string original = example_text();
    const std::string alphabet = "[]{}=\"'\\#.,\n\t -+_0123456789eEinfatruxyz\x00\x7f\x80\xff\xc3";
    std::mt19937_64 random(20240607);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    int refused = 0;
    for (int round = 0; round < test::rounds(1500); ++round) {
      std::string text = original;
      for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
        const std::size_t at = below(text.size());
        switch (below(5)) {
          case 0:
            text[at] = alphabet[below(alphabet.size())];
            break;
          case 1:
            text.insert(at, 1, alphabet[below(alphabet.size())]);
            break;
          case 2:
            text.erase(at, 1 + below(20));
            break;
          case 3:
            text.insert(at, text.substr(below(text.size()), 1 + below(40)));
            break;
          default:
            if (below(20) == 0) text.resize(at);
        }
      }
      try {
        const RunConfig config = parse_config(text, "a.toml");
        QVERIFY(parse_config(config_toml(config), "b.toml") == config);
      } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::configuration);
        ++refused;
      }
    }
    QVERIFY(refused > 150);
    QVERIFY(refused < 1450);
  }

  void deep_nesting_is_refused() {
    QVERIFY(!refusal_of("a = " + std::string(100000, '[')).isEmpty());
    QVERIFY(!refusal_of("a = " + std::string(100000, '{')).isEmpty());
    std::string dotted = "a";
    for (int i = 0; i < 50000; ++i) dotted += ".a";
    QVERIFY(refusal_of("\n" + dotted + " = 1").startsWith("a.toml line 2: more than 64 dots"));
    std::string nested;
    for (int i = 0; i < 120; ++i) nested += "[\n{" + dotted.substr(0, 129) + " = ";
    QVERIFY(!refusal_of("a = " + nested).isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestConfigToml)
#include "tst_config_toml.moc"
