#include <QTest>

#include "cli/score_tables.h"

using namespace treegrpo;

class TestScoreTables : public QObject {
  Q_OBJECT

  static EvaluationRecord scores(double graded, double strict) {
    EvaluationRecord record;
    record.reward = graded;
    record.reward_error = .03;
    record.metrics = {{"scene_strict", strict}};
    record.metric_errors = {{"scene_strict", .04}};
    record.by_task = {{.task = "single",
                       .reward = graded,
                       .reward_error = .05,
                       .scene_strict = strict,
                       .scene_strict_error = .06,
                       .n = 30}};
    return record;
  }

 private Q_SLOTS:
  void before_and_after_stand_side_by_side_by_task() {
    const std::string table = cli::before_after_table(scores(.64, .143), scores(.711, .329));
    for (const char* part : {"single", "30", ".640 ±.030 → .711 ±.030", ".143 ±.040 → .329 ±.040"})
      QVERIFY2(table.find(part) != std::string::npos, table.c_str());
  }
  void the_sentence_counts_standard_errors_of_the_difference() {
    const std::string text = cli::before_after_sentence(scores(.6, .1), scores(.7, .3));
    QVERIFY2(text.find("rose from .600 to .700 (2.4 standard errors") != std::string::npos,
             text.c_str());
    QVERIFY2(text.find("rose from .100 to .300 (3.5 standard errors") != std::string::npos,
             text.c_str());
  }
  void a_score_that_did_not_move_stayed() {
    QVERIFY(cli::before_after_sentence(scores(.6, .1), scores(.6, .1)).find("stayed at .600") !=
            std::string::npos);
  }
  void a_fall_is_called_a_fall() {
    QVERIFY(cli::before_after_sentence(scores(.6, .1), scores(.5, .1)).find("fell from .600") !=
            std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestScoreTables)
#include "tst_score_tables.moc"
