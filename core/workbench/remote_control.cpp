#include "workbench/remote_control.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "workbench/stored_config.h"

namespace treegrpo {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<Steering, const char*>, 6> steering_names = {
    {{Steering::pause, "pause"},
     {Steering::resume, "resume"},
     {Steering::step, "step"},
     {Steering::stop, "stop"},
     {Steering::edit, "set"},
     {Steering::discard, "discard"}}};

constexpr std::array<std::pair<SafePoint, const char*>, 4> step_names = {
    {{SafePoint::step, "step"},
     {SafePoint::trees, "trees"},
     {SafePoint::update, "update"},
     {SafePoint::iteration, "iteration"}}};

template <class Names>
std::string all_names(const Names& names) {
  std::string text;
  for (const auto& [value, name] : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

template <class Value, class Names>
std::string name_in(const Names& names, Value value) {
  const auto row = std::find_if(names.begin(), names.end(),
                                [&](const auto& known) { return known.first == value; });
  return row == names.end() ? std::string() : row->second;
}

template <class Names>
auto value_in(const Names& names, const std::string& name, const char* what) {
  const auto row = std::find_if(names.begin(), names.end(),
                                [&](const auto& known) { return known.second == name; });
  if (row != names.end()) return row->first;
  throw Error("'" + name + "' is no " + what + "; there are " + all_names(names), ErrorKind::usage);
}

}  // namespace

std::string steering_name(Steering what) { return name_in(steering_names, what); }
std::string step_name(SafePoint unit) { return name_in(step_names, unit); }

Steering steering_named(const std::string& name) {
  return value_in(steering_names, name, "command for a run");
}
SafePoint step_named(const std::string& name) { return value_in(step_names, name, "step"); }

CommandRow to_row(const SteeringCommand& command) {
  CommandRow row{.command = steering_name(command.what), .argument = {}};
  if (command.what == Steering::step) row.argument = step_name(command.unit);
  if (command.what == Steering::edit)
    row.argument = Json{{"set", command.edit.assignments}, {"author", command.edit.author}}.dump();
  return row;
}

SteeringCommand from_row(const CommandRow& row) {
  SteeringCommand command{.what = steering_named(row.command)};
  if (command.what == Steering::step) command.unit = step_named(row.argument);
  if (command.what != Steering::edit) return command;
  try {
    const Json argument = Json::parse(row.argument);
    command.edit = {.assignments = argument.at("set").get<std::vector<std::string>>(),
                    .author = argument.at("author").get<std::string>()};
  } catch (const Json::exception&) {
    throw Error("the store holds a change of options for this run that cannot be read");
  }
  return command;
}

void steer(RunControl& control, const SteeringCommand& command) {
  switch (command.what) {
    case Steering::pause:
      return control.pause();
    case Steering::resume:
      return control.resume();
    case Steering::step:
      return control.step(command.unit);
    case Steering::stop:
      return control.stop();
    case Steering::edit:
      return control.edit(command.edit);
    case Steering::discard:
      control.take_edits();
      return;
  }
}

void ask_run(RunReader& reader, const std::filesystem::path& store, RunId run,
             const SteeringCommand& command) {
  if (command.what == Steering::edit) {
    const RunConfig made = stored_config(reader, run);
    live_changes({made, reader.parameter_changes(run)}, reader.news(run).iterations, command.edit);
  }
  StoreConnection connection(store, StoreAccess::write);
  give_command(connection, run, to_row(command));
}

}  // namespace treegrpo
