// `treegrpo export`: a run's scalars, trees and pictures as files for other programs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "compare/event_file.h"
#include "image/codec.h"

namespace treegrpo::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string run;
  std::string store;
  std::string format;
  std::string out;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command
      .add_option("--format", options.format,
                  "csv, json (scalars, trees, pictures) or tensorboard (scalars)")
      ->required()
      ->check(CLI::IsMember({"csv", "json", "tensorboard"}));
  command.add_option("--out", options.out, "Folder to make")->required();
  command.footer(
      "Examples:\n  treegrpo export demo-1 --format csv --out demo-1-csv\n"
      "  treegrpo export demo-1 --format tensorboard --out logs/demo-1");
}

// Every number in full; nothing where there is none.
std::string cell(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

// One line a record and a column a name; records[i] stands at steps[i].
std::string csv_table(const std::vector<std::int32_t>& steps,
                      const std::vector<std::vector<NamedValue>>& records) {
  std::vector<std::string> names;
  for (const auto& record : records)
    for (const NamedValue& value : record)
      if (std::find(names.begin(), names.end(), value.name) == names.end())
        names.push_back(value.name);
  std::string text = "iteration";
  for (const std::string& name : names) text += "," + name;
  text += "\n";
  for (std::size_t at = 0; at < records.size(); ++at) {
    text += std::to_string(steps[at]);
    for (const std::string& name : names) {
      text += ",";
      for (const NamedValue& value : records[at])
        if (value.name == name) text += cell(value.value);
    }
    text += "\n";
  }
  return text;
}

template <class Record>
std::string csv_scalars(const std::vector<Record>& records) {
  std::vector<std::int32_t> steps;
  std::vector<std::vector<NamedValue>> values;
  for (const Record& record : records) {
    steps.push_back(record.iteration);
    values.push_back(named_scalars(record));
  }
  return csv_table(steps, values);
}

std::string csv_nodes(const TreeRecord& tree) {
  std::string text;
  std::size_t leaf = 0;
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    const TreeNode& node = tree.nodes[at];
    const double reward = tree.is_leaf(at) ? total_reward(tree, leaf++) : no_value;
    text +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", tree.iteration, tree.prompt.value, at,
                    node.parent, node.tree, node.step, cell(node.log_prob), cell(node.value),
                    cell(node.advantage), cell(node.ratio), cell(node.kl), cell(reward));
  }
  return text;
}

template <class Record>
std::string json_scalars(const std::vector<Record>& records) {
  std::string text;
  for (const Record& record : records) {
    Json object;
    object["iteration"] = record.iteration;
    for (const NamedValue& value : named_scalars(record))
      object[value.name] = std::isfinite(value.value) ? Json(value.value) : Json(nullptr);
    text += json_line(object);
  }
  return text;
}

void write_pictures(const fs::path& folder, const TreeRecord& tree) {
  for (std::size_t at = 0; at < tree.nodes.size(); ++at)
    if (!tree.nodes[at].image.rgb.empty())
      write_png(folder / fmt::format("iteration-{:06}-prompt-{:03}-node-{:05}.png", tree.iteration,
                                     tree.prompt.value, at),
                tree.nodes[at].image);
}

void write_files(const fs::path& folder, Workbench& workbench, RunId run, bool csv) {
  const auto iterations = workbench.iterations(run);
  const auto evaluations = workbench.evaluations(run);
  const char* end = csv ? "csv" : "jsonl";
  const auto file = [&](const char* name) { return folder / (std::string(name) + "." + end); };
  write_file_atomically(file("iterations"),
                        csv ? csv_scalars(iterations) : json_scalars(iterations));
  write_file_atomically(file("evaluations"),
                        csv ? csv_scalars(evaluations) : json_scalars(evaluations));
  std::string nodes =
      csv ? "iteration,prompt,node,parent,tree,step,log_prob,value,advantage,ratio,kl,reward\n"
          : "";
  for (const IterationRecord& record : iterations)
    for (const PromptSummary& prompt : workbench.prompts(run, record.iteration)) {
      const TreeRecord tree = workbench.tree(run, record.iteration, prompt.prompt);
      nodes += csv ? csv_nodes(tree) : json_line(tree_json(run, tree));
      write_pictures(folder / "images", tree);
    }
  write_file_atomically(file(csv ? "nodes" : "trees"), nodes);
}

void write_events(const fs::path& folder, Workbench& workbench, RunId run) {
  double seconds = 0;  // of the run: the store keeps times of day for people only
  EventFile events(seconds);
  for (const IterationRecord& record : workbench.iterations(run)) {
    seconds += record.seconds.total;
    events.add(record.iteration, seconds, named_scalars(record));
  }
  for (const EvaluationRecord& record : workbench.evaluations(run))
    events.add(record.iteration, seconds, named_scalars(record));
  write_file_atomically(folder / fmt::format("events.out.tfevents.{:010}.treegrpo", run.value),
                        events.bytes());
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  fs::path out = fs::absolute(options.out).lexically_normal();
  if (!out.has_filename()) out = out.parent_path();
  if (fs::exists(out)) throw Error("'" + options.out + "' is there already; name another folder");
  const fs::path beside = out.string() + ".treegrpo-part";
  fs::remove_all(beside);
  create_folders(beside);
  if (options.format == "tensorboard")
    write_events(beside, workbench, run.run);
  else
    write_files(beside, workbench, run.run, options.format == "csv");
  replace_folder(beside, out);
  fmt::print("{}\n", options.out);
  return exit_done;
}

}  // namespace

void add_export(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "export",
                       "Writes a run's scalars, trees and pictures for other programs", declare,
                       work);
}

}  // namespace treegrpo::cli
