#include <QTest>

#include "cli/tree_text.h"
#include "support/tree_text.h"

using namespace treegrpo;

class TestTreeText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { qputenv("NO_COLOR", "1"); }

  void a_branch_is_a_line_and_its_ode_steps_stand_on_it() {
    TreeRecord record = test::tree_from_text(
        "root\n"
        "  sde -1.0\n"
        "    ode\n"
        "      ode = 0.5\n"
        "  sde -1.2\n"
        "    ode\n"
        "      ode = 0.1\n");
    record.sigmas = {1, .6, .3, 0};
    record.nodes[1].advantage = 1;
    record.nodes[2].advantage = -1;
    record.nodes[1].value = .5;
    QCOMPARE(QString::fromStdString(cli::tree_text(record)),
             QString("#0 root of tree 0, σ 1.000\n"
                     "├─ #1, σ .600, advantage +1.000, value +.500, log_prob -1.000 → 2 ODE → #5, "
                     "reward .500\n"
                     "└─ #2, σ .600, advantage -1.000, log_prob -1.200 → 2 ODE → #6, reward "
                     ".100\n"));
  }

  void the_ledger_says_where_an_advantage_comes_from() {
    CreditTrace trace;
    trace.rule = "treegrpo";
    trace.backup = "mean";
    trace.normalisation = {{.reward = "scene", .mean = .3, .deviation = .2, .divisor = .2}};
    trace.leaves = {{.node = 2, .raw = {.5}, .normalised = {1}, .advantage = 1, .score = 1},
                    {.node = 3,
                     .raw = {.1},
                     .normalised = {-1},
                     .advantage = -1,
                     .formula = "compared with its groups",
                     .terms = {{.node = 3, .weight = 2, .value = -1},
                               {.node = of_a_group, .weight = -1, .value = 0}},
                     .score = -2}};
    trace.edges = {{.node = 1,
                    .formula = "value of the child",
                    .terms = {{.node = 1, .weight = 1, .value = 7}},
                    .unclamped = 7,
                    .advantage = 5}};
    const std::string text = cli::trace_text(trace);
    for (const char* part : {"scene: mean .3000", "#2: .500 → 1.000 → +1.000\n",
                             "#3: .100 → -1.000 → -1.000; compared with its groups: 2.000·-1.000 "
                             "(#3) + -1.000·+.000 (group) = -2.000\n",
                             "#1: value of the child: 1.000·+7.000 (#1) = +7.000, clamped to +5"})
      QVERIFY2(text.find(part) != std::string::npos, text.c_str());
  }
};

QTEST_APPLESS_MAIN(TestTreeText)
#include "tst_tree_text.moc"
