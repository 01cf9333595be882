// The filter language: what it means, what it refuses and where, what it offers at a cursor; and
// that whatever is typed is a filter or an Error.
#include <QtTest>
#include <random>

#include "compare/filter.h"
#include "support/effort.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const std::vector<FilterName> names = {
    {.name = "method", .kind = FilterKind::text, .values = {"treegrpo", "flowgrpo"}},
    {.name = "optimizer.learning_rate"},
    {.name = "reward"},
    {.name = "reward.scene"},
    {.name = "sampler.share_prefix", .kind = FilterKind::boolean},
};

FilterRow row() {
  return {.values = {{"method", std::string("treegrpo")},
                     {"optimizer.learning_rate", 1e-5},
                     {"reward.scene", .7},
                     {"sampler.share_prefix", true}},
          .tags = {"paper", "x y"}};
}

// The same, of which a config says all but the reward.
FilterRow row_with_config() {
  FilterRow made = row();
  made.values = {{"reward.scene", .7}, {"method", std::string("treegrpo")}};
  made.config = std::make_shared<const ConfigEntries>(
      ConfigEntries{{"method", std::string("what is measured goes before")},
                    {"optimizer.learning_rate", 1e-5},
                    {"sampler.share_prefix", true}});
  return made;
}

}  // namespace

class TestFilter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void filters_hold_or_do_not_data() {
    QTest::addColumn<bool>("holds");
    const auto row = [](const char* text, bool holds) { QTest::newRow(text) << holds; };
    row(R"(method == "treegrpo" and optimizer.learning_rate < 1e-4 and reward.scene > 0.6 and)"
        R"( tag("paper"))",
        true);
    row("method == 'flowgrpo'", false);
    row("method != 'flowgrpo'", true);
    row("method contains 'tree'", true);
    row("reward.scene >= .7 and reward.scene <= 0.7", true);
    row("reward.scene < -1 or tag('x y')", true);
    row("not tag('paper')", false);
    row("not (tag('paper') and tag('other'))", true);
    row("sampler.share_prefix", true);
    row("sampler.share_prefix == false", false);
    row("tag('a') and tag('b') or tag('paper')", true);
    row("tag('paper') or tag('a') and tag('b')", true);
    row("reward > 0", false);   // the run has none:
    row("reward != 0", false);  // neither comparison holds
    row("has(reward)", false);
    row("has(method) and not has(reward)", true);
  }
  void filters_hold_or_do_not() {
    QFETCH(bool, holds);
    QCOMPARE(Filter(QTest::currentDataTag(), names).matches(row()), holds);
    QCOMPARE(Filter(QTest::currentDataTag(), names).matches(row_with_config()), holds);
  }

  void what_is_wrong_is_said_with_its_column_data() {
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* text, int column, const char* sentence) {
      QTest::newRow(text) << column << QString(sentence);
    };
    row(" ", 1, "it is empty");
    row("reward.scena > 1", 1, "there is no name reward.scena; did you mean reward.scene?");
    row("method = 'a'", 8, "equality is written ==");
    row("method == 1", 11, "expected a text in quotes, which method is");
    row("reward > 'a'", 10, "expected a number, which reward is");
    row("method == 'ü' and rewart > 1", 19, "did you mean reward?");
    row("reward", 7, "expected a comparison after reward");
    row("reward contains 1", 8, "contains is for texts");
    row("sampler.share_prefix < true", 22, "compare it with == or !=");
    row("reward > 1 reward", 12, "expected and, or, or the end");
    row("(reward > 1", 12, "expected ), found the end");
    row("reward > 1 and", 15, "expected a name, tag(\"…\"), has(name), not or (, found the end");
    row("tag(paper)", 5, "expected a tag in quotes");
    row("best(reward) > 1", 1, "there is no function best");
    row("method == 'open", 11, "no closing quote");
    row("reward > 1e999", 10, "this is no number");
    row("reward > 1 & x", 12, "nothing in a filter begins with this");
    row("\xff", 1, "it is not UTF-8");
  }
  void what_is_wrong_is_said_with_its_column() {
    QFETCH(int, column);
    QFETCH(QString, sentence);
    try {
      Filter(QTest::currentDataTag(), names);
      QFAIL("it was taken");
    } catch (const FilterError& error) {
      QVERIFY2(QString(error.what()).contains(sentence), error.what());
      QCOMPARE(static_cast<int>(error.column()), column);
      QVERIFY(error.kind() == ErrorKind::usage);
    }
  }

  void the_cursor_is_offered_what_may_stand_there_data() {
    QTest::addColumn<QStringList>("first");
    QTest::addColumn<int>("from");
    const auto row = [](const char* text, const QStringList& first, int from) {
      QTest::newRow(text) << first << from;
    };
    row("", {"method", "optimizer.learning_rate"}, 0);
    row("rew", {"reward", "reward.scene"}, 0);
    row("learn", {"optimizer.learning_rate"}, 0);
    row("method ", {"==", "!=", "contains"}, 7);
    row("method == ", {"\"treegrpo\"", "\"flowgrpo\""}, 10);
    row("method == \"fl", {"\"flowgrpo\""}, 10);
    row("reward > 1 ", {"and", "or"}, 11);
    row("reward > 1 a", {"and"}, 11);
    row("tag('a') and opt", {"optimizer.learning_rate"}, 13);
    row("sampler.share_prefix == t", {"true"}, 24);
    row("reward & ", {}, 9);
  }
  void the_cursor_is_offered_what_may_stand_there() {
    QFETCH(QStringList, first);
    QFETCH(int, from);
    const std::string_view text = QTest::currentDataTag();
    const FilterCompletions found = filter_completions(text, text.size(), names);
    QCOMPARE(static_cast<int>(found.from), from);
    QVERIFY(found.words.size() >= static_cast<std::size_t>(first.size()));
    for (qsizetype at = 0; at < first.size(); ++at)
      QCOMPARE(QString::fromStdString(found.words[static_cast<std::size_t>(at)]), first[at]);
    QCOMPARE(found.words.empty(), first.isEmpty());
  }

  void nesting_is_limited() {
    const std::string deep(100, '(');
    QVERIFY_EXCEPTION_THROWN(Filter(deep + "reward > 1", names), FilterError);
    const std::string negations = [] {
      std::string text;
      for (int i = 0; i < 900; ++i) text += "not ";
      return text;
    }();
    QVERIFY_EXCEPTION_THROWN(Filter(negations + "tag('a')", names), FilterError);
    QVERIFY_EXCEPTION_THROWN(Filter(std::string(5000, '('), names), FilterError);
  }

  void whatever_is_typed_is_a_filter_or_an_error() {
    const std::vector<std::string> parts = {"method",
                                            "reward",
                                            "reward.scene",
                                            "sampler.share_prefix",
                                            "==",
                                            "<",
                                            "contains",
                                            "and",
                                            "or",
                                            "not",
                                            "(",
                                            ")",
                                            "tag",
                                            "has",
                                            "'a'",
                                            "\"",
                                            "1e-4",
                                            "true",
                                            "-",
                                            "\\",
                                            "ü",
                                            "\xc3",
                                            " ",
                                            "."};
    std::mt19937 random(5);
    int taken = 0;
    for (int round = 0; round < rounds(20000); ++round) {
      std::string text;
      for (auto length = random() % 9; length > 0; --length)
        text.append(parts[random() % parts.size()]).append(random() % 3 > 0 ? " " : "");
      filter_completions(text, random() % (text.size() + 2), names);
      try {
        Filter(text, names).matches(row());
        ++taken;
      } catch (const FilterError& error) {
        QVERIFY(error.column() >= 1 && error.column() <= text.size() + 1);
      }
    }
    QVERIFY(taken > 0);
  }
};

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
