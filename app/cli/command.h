// How a command of the program is added to its command line.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"

namespace treegrpo::cli {

// What a command line asked for: set by the callback of the command that was named, run by main.
// Returns the exit code.
using Chosen = std::function<int()>;

// The exit codes that scripts rely on.
enum ExitCode {
  exit_done = 0,
  exit_failure = 1,
  exit_usage = 2,
  exit_configuration = 3,
  exit_memory = 4,
  exit_interrupted = 5,  // with a checkpoint
};

int exit_code(ErrorKind kind);

// Adds a command whose options live in an Options: `options(command, values)` declares them,
// `work(values)` does it.
template <class Options, class Declare>
CLI::App* add_command(CLI::App& app, Chosen& chosen, const std::string& name,
                      const std::string& sentence, Declare declare, int (*work)(const Options&)) {
  CLI::App* command = app.add_subcommand(name, sentence);
  auto options = std::make_shared<Options>();
  declare(*command, *options);
  command->callback(
      [options, work, &chosen] { chosen = [options, work] { return work(*options); }; });
  return command;
}

// --seed N, in full: CLI11 alone would take -1 for 18446744073709551615.
CLI::Option* add_seed_option(CLI::App& command, std::optional<std::uint64_t>& seed,
                             const std::string& sentence);

// --store F of the commands that use one; empty: default_store_path().
void add_store_option(CLI::App& command, std::string& store);
std::filesystem::path store_path(const std::string& option);

// Each command is a file of commands/.
void add_train(CLI::App& app, Chosen& chosen);
void add_resume(CLI::App& app, Chosen& chosen);
void add_control(CLI::App& app, Chosen& chosen);
void add_demo(CLI::App& app, Chosen& chosen);
void add_runs(CLI::App& app, Chosen& chosen);
void add_show(CLI::App& app, Chosen& chosen);
void add_image(CLI::App& app, Chosen& chosen);
void add_probe(CLI::App& app, Chosen& chosen);
void add_export_model(CLI::App& app, Chosen& chosen);
void add_figures(CLI::App& app, Chosen& chosen);
void add_import(CLI::App& app, Chosen& chosen);
void add_prompts(CLI::App& app, Chosen& chosen);
void add_credit(CLI::App& app, Chosen& chosen);
void add_regrow(CLI::App& app, Chosen& chosen);
void add_tag(CLI::App& app, Chosen& chosen);
void add_note(CLI::App& app, Chosen& chosen);
void add_rename(CLI::App& app, Chosen& chosen);
void add_delete(CLI::App& app, Chosen& chosen);
void add_restore(CLI::App& app, Chosen& chosen);
void add_purge(CLI::App& app, Chosen& chosen);
void add_store(CLI::App& app, Chosen& chosen);
void add_compare(CLI::App& app, Chosen& chosen);
void add_export(CLI::App& app, Chosen& chosen);
void add_config(CLI::App& app, Chosen& chosen);
void add_schedule(CLI::App& app, Chosen& chosen);
void add_draw(CLI::App& app, Chosen& chosen);
void add_evaluate(CLI::App& app, Chosen& chosen);
void add_sample(CLI::App& app, Chosen& chosen);
void add_pretrain(CLI::App& app, Chosen& chosen);
void add_list(CLI::App& app, Chosen& chosen);

}  // namespace treegrpo::cli
