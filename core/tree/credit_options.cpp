#include "tree/credit_options.h"

#include <array>
#include <string_view>

#include "tree/credit_rules.h"
#include "tree/known_name.h"

namespace treegrpo {
namespace {

struct BackupRow {
  std::string_view name;
  Backup backup;
};
constexpr std::array<BackupRow, 3> backups = {{
    {"mean", Backup::mean},
    {"softmax_mean_log_prob", Backup::softmax_mean_log_prob},
    {"softmax_sum_log_prob", Backup::softmax_sum_log_prob},
}};

struct DeviationRow {
  std::string_view name;
  Deviation deviation;
};
constexpr std::array<DeviationRow, 3> deviations = {{
    {"group", Deviation::group},
    {"batch", Deviation::batch},
    {"none", Deviation::none},
}};

}  // namespace

std::string_view backup_name(Backup backup) {
  return backups[static_cast<std::size_t>(backup)].name;  // rows stand in the order of the enum
}

CreditOptions credit_options(const RunConfig& config) {
  const std::string_view backup = config.method.backup;
  const std::string_view deviation = config.credit.std;
  return {
      .rule = std::string(credit_rule_named(config.credit.rule).name),
      .backup = row_named<BackupRow>(backups, backup, "method.backup").backup,
      .backup_temperature = config.method.backup_temperature,
      .deviation = row_named<DeviationRow>(deviations, deviation, "credit.std").deviation,
      .std_min = config.credit.std_min,
      .adv_clip_max = config.credit.adv_clip_max,
  };
}

}  // namespace treegrpo
