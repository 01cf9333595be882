// `treegrpo list`: what a config can name.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "workbench/catalogs.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string what;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("WHAT", options.what, "methods, credit-rules, rewards, policies or samplers")
      ->required()
      ->check(CLI::IsMember({"methods", "credit-rules", "rewards", "policies", "samplers"}));
  command.add_flag("--json", options.json, "One JSON object a line: name, sentence");
  command.footer("Examples:\n  treegrpo list methods\n  treegrpo list rewards --json");
}

std::vector<CatalogEntry> entries(const std::string& what) {
  if (what == "methods") return method_catalog();
  if (what == "credit-rules") return credit_rule_catalog();
  if (what == "samplers") return sampler_catalog();
  Workbench workbench = open_workbench({});
  return what == "rewards" ? workbench.engine().rewards() : workbench.engine().policies();
}

int work(const Options& options) {
  const std::vector<CatalogEntry> rows = entries(options.what);
  std::size_t width = 0;
  for (const CatalogEntry& row : rows) width = std::max(width, row.name.size());
  for (const CatalogEntry& row : rows) {
    if (options.json)
      print_line({{"name", row.name}, {"sentence", row.sentence}});
    else
      fmt::print("{:<{}}  {}\n", row.name, width, row.sentence);
  }
  return exit_done;
}

}  // namespace

void add_list(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "list",
                       "Lists methods, credit-rules, rewards, policies or samplers", declare, work);
}

}  // namespace treegrpo::cli
