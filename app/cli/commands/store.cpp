// `treegrpo store check|repair|compact|vacuum`: looking after the file that everything is in.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_size.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string store;
  std::optional<std::int32_t> budget_mb;  // of compact
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "One JSON object");
}

const char* remedy_name(Remedy remedy) {
  return remedy == Remedy::repair ? "repair" : remedy == Remedy::compact ? "compact" : nullptr;
}

Json findings_json(const std::vector<StoreFinding>& findings) {
  Json array = Json::array();
  for (const StoreFinding& finding : findings) {
    const char* remedy = remedy_name(finding.remedy);
    array.push_back({{"sentence", finding.sentence},
                     {"run", finding.run.value == 0 ? Json(nullptr) : Json(finding.run.value)},
                     {"remedy", remedy == nullptr ? Json(nullptr) : Json(remedy)}});
  }
  return array;
}

void print_findings(const std::vector<StoreFinding>& findings) {
  for (const StoreFinding& finding : findings) {
    const char* remedy = remedy_name(finding.remedy);
    fmt::print("{}{}\n", finding.sentence,
               remedy == nullptr ? "" : fmt::format("; 'treegrpo store {}' mends it", remedy));
  }
}

// "1 run", "2 runs".
std::string counted(std::int64_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

int exit_of(const StoreCheck& check) { return check.findings.empty() ? exit_done : exit_failure; }

void declare_check(CLI::App& command, Options& options) {
  declare(command, options);
  command.footer(
      "Reads every row and looks at the files of checkpoints; changes nothing. Ends with 0 if all\n"
      "is well, with 1 if anything is not, and says what.\n"
      "Examples:\n  treegrpo store check\n  treegrpo store check --store lab.tgws --json");
}

int check(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const StoreCheck found = workbench.check_store();
  if (options.json) {
    print_line({{"store", workbench.store().string()},
                {"ok", found.findings.empty()},
                {"runs", found.runs},
                {"iterations", found.iterations},
                {"trees", found.trees},
                {"checkpoints", found.checkpoints},
                {"findings", findings_json(found.findings)}});
    return exit_of(found);
  }
  print_findings(found.findings);
  const auto complaints = static_cast<std::int64_t>(found.findings.size());
  fmt::print("{}: {}, {}, {}, {}; {}\n", workbench.store().string(), counted(found.runs, "run"),
             counted(found.iterations, "iteration"), counted(found.trees, "tree"),
             counted(found.checkpoints, "checkpoint"),
             complaints == 0 ? "all is well" : counted(complaints, "complaint"));
  return exit_of(found);
}

void declare_repair(CLI::App& command, Options& options) {
  declare(command, options);
  command.footer(
      "Mends what can be mended without loss, and says what it did and what is left. Ends with 0\n"
      "if all is well then, else with 1. Not while a run of the store is being trained.\n"
      "Example:\n  treegrpo store repair");
}

int repair(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const std::vector<std::string> mended = workbench.repair_store();
  const StoreCheck left = workbench.check_store();
  if (options.json) {
    print_line({{"store", workbench.store().string()},
                {"ok", left.findings.empty()},
                {"mended", mended},
                {"findings", findings_json(left.findings)}});
    return exit_of(left);
  }
  for (const std::string& sentence : mended) fmt::print("{}\n", sentence);
  if (mended.empty()) fmt::print("there was nothing to mend\n");
  if (!left.findings.empty()) fmt::print("what is left:\n");
  print_findings(left.findings);
  return exit_of(left);
}

void declare_compact(CLI::App& command, Options& options) {
  declare(command, options);
  command
      .add_option("--budget-mb", options.budget_mb,
                  "Megabytes of pictures a run may keep (default: its own images.budget_mb)")
      ->check(CLI::Range(0, 1'000'000'000));
  command.footer(
      "Thins the pictures of each run as its images.* say, removes folders of checkpoints that "
      "the\n"
      "store does not know, and gives the room back to the disk. Every number is kept. Runs that\n"
      "are being trained are left alone.\n"
      "Examples:\n  treegrpo store compact\n  treegrpo store compact --budget-mb 50");
}

int compact(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const CompactReport report = workbench.compact_store({.budget_mb = options.budget_mb});
  if (options.json) {
    print_line({{"store", workbench.store().string()},
                {"done", report.done},
                {"image_bytes", report.image_bytes},
                {"folder_bytes", report.folder_bytes},
                {"bytes_before", report.bytes_before},
                {"bytes_after", report.bytes_after}});
    return exit_done;
  }
  for (const std::string& sentence : report.done) fmt::print("{}\n", sentence);
  fmt::print("the store has {}, it had {}\n", byte_size_text(report.bytes_after),
             byte_size_text(report.bytes_before));
  return exit_done;
}

void declare_vacuum(CLI::App& command, Options& options) {
  declare(command, options);
  command.footer(
      "Writes the store anew without gaps; needs as much room again while it does. Not while a "
      "run\n"
      "of the store is being trained.\n"
      "Example:\n  treegrpo store vacuum");
}

int vacuum(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const VacuumReport report = workbench.vacuum_store();
  if (options.json)
    print_line({{"store", workbench.store().string()},
                {"bytes_before", report.bytes_before},
                {"bytes_after", report.bytes_after}});
  else
    fmt::print("the store has {}, it had {}\n", byte_size_text(report.bytes_after),
               byte_size_text(report.bytes_before));
  return exit_done;
}

}  // namespace

void add_store(CLI::App& app, Chosen& chosen) {
  CLI::App& store = *app.add_subcommand("store", "Checks, mends and shrinks a store");
  store.require_subcommand(1);
  store.footer("Examples:\n  treegrpo store check\n  treegrpo store compact --budget-mb 50");
  add_command<Options>(store, chosen, "check", "Says what is wrong with a store", declare_check,
                       check);
  add_command<Options>(store, chosen, "repair", "Mends what can be mended without loss",
                       declare_repair, repair);
  add_command<Options>(store, chosen, "compact", "Thins pictures, removes unknown files",
                       declare_compact, compact);
  add_command<Options>(store, chosen, "vacuum", "Writes a store anew without gaps", declare_vacuum,
                       vacuum);
}

}  // namespace treegrpo::cli
