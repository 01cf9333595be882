// `treegrpo note`: what a user has to say about a run, an iteration, a prompt or a node.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::optional<std::string> text;
  std::optional<std::int64_t> removed;
  NotePlace place;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  CLI::Option* text =
      command.add_option("TEXT", options.text, "The note (default: lists those there are)");
  command.add_option("--iteration", options.place.iteration, "Iteration it is about, from 0");
  command.add_option("--prompt", options.place.prompt, "Prompt of that iteration, from 0");
  command.add_option("--node", options.place.node, "Node of that prompt, as `show` prints it");
  command.add_option("--remove", options.removed, "Number of a note to remove")->excludes(text);
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "One JSON object a note");
  command.footer(
      "Examples:\n  treegrpo note demo-1 'a window of 3 is enough here'\n"
      "  treegrpo note demo-1 --iteration 0 --prompt 2 --node 31 'two circles, not three'\n"
      "  treegrpo note demo-1                    lists the notes of a run\n"
      "  treegrpo note demo-1 --iteration 0      those about an iteration and what is in it\n"
      "  treegrpo note demo-1 --remove 2");
}

// "about iteration 0, prompt 2, node 31: "; empty for the whole run.
std::string place_text(const NotePlace& place) {
  if (!place.iteration) return {};
  std::string text = fmt::format("iteration {}", *place.iteration);
  if (place.prompt) text += fmt::format(", prompt {}", *place.prompt);
  if (place.node) text += fmt::format(", node {}", *place.node);
  return text + ": ";
}

void print(const Note& note, bool json) {
  if (json) {
    print_line(note_json(note));
    return;
  }
  std::string text = note.text;
  std::replace(text.begin(), text.end(), '\n', ' ');
  fmt::print("{:>4}  {}  {}{}\n", note.id, note.created, place_text(note.place), text);
}

// Whether a note is about a place or something within it.
bool is_within(const NotePlace& place, const NotePlace& outer) {
  return (!outer.iteration || place.iteration == outer.iteration) &&
         (!outer.prompt || place.prompt == outer.prompt) &&
         (!outer.node || place.node == outer.node);
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  if (options.text) {
    print(workbench.add_note(run.run, options.place, *options.text), options.json);
    return exit_done;
  }
  if (options.removed) {
    workbench.remove_note(run.run, *options.removed);
    if (!options.json) fmt::print("note {} is gone\n", *options.removed);
    return exit_done;
  }
  bool any = false;
  for (const Note& note : workbench.notes(run.run)) {
    if (!is_within(note.place, options.place)) continue;
    print(note, options.json);
    any = true;
  }
  if (!any && !options.json) fmt::print("{} has no such notes\n", run.name);
  return exit_done;
}

}  // namespace

void add_note(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "note", "Writes, lists and removes notes about a run", declare,
                       work);
}

}  // namespace treegrpo::cli
