// Every credit rule against tests/golden/credit_rules.py, which was written from the formulas and
// not from this code: random trees, regular and ragged, with several prompts, roots and rewards.
#include <QtTest>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tree/advantage.h"
#include "tree/credit_rules.h"

using namespace treegrpo;
using Json = nlohmann::json;

namespace {

Json read_golden() {
  std::ifstream file(TREEGRPO_SOURCE_DIR "/tests/golden/credit_rules.json");
  return Json::parse(file);
}

// JSON's null is "no value".
double number(const Json& value) { return value.is_null() ? no_value : value.get<double>(); }

TreeSchedule schedule_from(const Json& record) {
  TreeSchedule schedule{.roots = 0, .steps = {}};
  for (const Json& parent : record["parents"]) schedule.roots += parent == -1 ? 1 : 0;
  for (const Json& step : record["steps"])
    schedule.steps.push_back({.branch = step["branch"].get<int>(),
                              .noise_level = step["noisy"].get<bool>() ? .7 : 0,
                              .train = step["train"].get<bool>()});
  return schedule;
}

TreeRecord record_from(const Json& json) {
  TreeRecord record;
  record.schedule = schedule_from(json);
  std::map<std::int32_t, std::int32_t> children_so_far;
  std::int32_t trees = 0;
  for (std::size_t at = 0; at < json["parents"].size(); ++at) {
    TreeNode node;
    node.parent = json["parents"][at].get<std::int32_t>();
    node.log_prob = number(json["log_probs"][at]);
    if (node.parent < 0) {
      node.tree = trees++;
    } else {
      const TreeNode& parent = record.nodes[static_cast<std::size_t>(node.parent)];
      node.tree = parent.tree;
      node.step = parent.step + 1;
      node.child = children_so_far[node.parent]++;
      node.kind = std::isnan(node.log_prob) ? NodeKind::ode : NodeKind::sde;
    }
    record.nodes.push_back(node);
  }
  record.reward_weights = json["weights"].get<std::vector<double>>();
  record.rewards = json["rewards"].get<std::vector<std::vector<double>>>();
  for (std::size_t column = 0; column < record.rewards.size(); ++column)
    record.reward_names.push_back("r" + std::to_string(column));
  return record;
}

CreditOptions options_from(const Json& json, std::string_view rule) {
  RunConfig config;
  config.credit.rule = rule;
  config.credit.std = json["std"];
  config.credit.std_min = json["std_min"];
  config.credit.adv_clip_max = json["adv_clip_max"];
  config.method.backup = json["backup"];
  config.method.backup_temperature = json["temperature"];
  return credit_options(config);
}

bool same(double found, double expected) {
  if (std::abs(found - expected) <= 1e-12 * std::max(1., std::abs(expected))) return true;
  qWarning("found %.17g, expected %.17g", found, expected);
  return false;
}

// The advantages that a credit has, in node order.
std::vector<double> trained(const RecordCredit& credit) {
  std::vector<double> found;
  for (const double advantage : credit.advantages)
    if (!std::isnan(advantage)) found.push_back(advantage);
  return found;
}

}  // namespace

class TestCreditRules : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    golden_ = read_golden()["cases"];
    QVERIFY(golden_.size() > 20);
  }

  void the_script_knows_every_rule() {
    QCOMPARE(golden_[0]["advantages"].size(), credit_rules().size());
    for (const CreditRule& rule : credit_rules())
      QVERIFY(golden_[0]["advantages"].contains(rule.name));
  }

  void advantages_are_those_of_the_script_data() {
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("rule");
    for (int at = 0; at < static_cast<int>(golden_.size()); ++at)
      for (int rule = 0; rule < static_cast<int>(credit_rules().size()); ++rule)
        QTest::addRow("case %d, %s", at,
                      std::string(credit_rules()[static_cast<std::size_t>(rule)].name).c_str())
            << at << rule;
  }
  void advantages_are_those_of_the_script() {
    QFETCH(int, at);
    QFETCH(int, rule);
    const Json& golden = golden_[static_cast<std::size_t>(at)];
    const std::string_view name = credit_rules()[static_cast<std::size_t>(rule)].name;
    std::vector<TreeRecord> records;
    for (const Json& record : golden["records"]) {
      records.push_back(record_from(record));
      records.back().latent_dimensions = golden["options"]["dimensions"].get<std::int64_t>();
    }

    CreditState state;
    const Credit credit = assign_credit(records, options_from(golden["options"], name), state);
    if (golden["softmax_ess"].is_null())
      QVERIFY(std::isnan(credit.softmax_ess));
    else
      QVERIFY(same(credit.softmax_ess, golden["softmax_ess"].get<double>()));
    for (std::size_t record = 0; record < records.size(); ++record) {
      QCOMPARE(credit.records[record].skipped, golden["skipped"][record].get<bool>());
      const std::vector<double> found = trained(credit.records[record]);
      const auto expected = golden["advantages"][name][record].get<std::vector<double>>();
      QCOMPARE(found.size(), expected.size());
      for (std::size_t edge = 0; edge < found.size(); ++edge)
        QVERIFY(same(found[edge], expected[edge]));
    }
  }

 private:
  Json golden_;
};

QTEST_GUILESS_MAIN(TestCreditRules)
#include "tst_credit_rules.moc"
