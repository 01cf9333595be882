// `treegrpo control`: steers a run that another process trains, through the store.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "base/machine.h"
#include "cli/command.h"
#include "cli/open_workbench.h"
#include "workbench/remote_control.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string command;
  std::vector<std::string> arguments;
  std::string store;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run in training")->required();
  command.add_option("COMMAND", options.command, "pause, resume, step, stop, set or discard")
      ->required();
  command.add_option("ARGUMENT", options.arguments,
                     "Of step: step, trees, update or iteration (default); of set: KEY=VALUE, "
                     "all at once with the next iteration");
  add_store_option(command, options.store);
  command.footer(
      "Examples:\n  treegrpo control demo-1 pause                    at its next safe point\n"
      "  treegrpo control demo-1 step trees               until its next trees are grown\n"
      "  treegrpo control demo-1 set method.window=4      from the next iteration on\n"
      "  treegrpo control demo-1 discard                  what was set and does not hold yet\n"
      "  treegrpo control demo-1 stop                     with a checkpoint; again: at once");
}

SteeringCommand command_of(const Options& options) {
  SteeringCommand command{.what = steering_named(options.command)};
  const std::size_t count = options.arguments.size();
  if (command.what == Steering::edit) {
    if (count == 0) throw Error("set needs what to set: KEY=VALUE", ErrorKind::usage);
    command.edit = {.assignments = options.arguments, .author = user_and_host()};
  } else if (command.what == Steering::step && count == 1) {
    command.unit = step_named(options.arguments[0]);
  } else if (count > 0) {
    throw Error(options.command + " takes no '" + options.arguments.back() + "'", ErrorKind::usage);
  }
  return command;
}

int work(const Options& options) {
  const SteeringCommand command = command_of(options);
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  workbench.steer(run.run, command);
  fmt::print("{}: asked to {}\n", run.name, options.command);
  return exit_done;
}

}  // namespace

void add_control(CLI::App& app, Chosen& chosen) {
  add_command(app, chosen, "control", "Pause, step, stop or change a run of another process",
              declare, work);
}

}  // namespace treegrpo::cli
