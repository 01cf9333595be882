// treegrpo: the command line. Builds the commands, runs the one that was named, and is the one
// place where what went wrong becomes a line on stderr and an exit code.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>

#include "command.h"
#include "workbench/failure.h"
#include "workbench/provenance.h"

namespace treegrpo::cli {
namespace {

constexpr const char* examples = R"(Examples:
  treegrpo demo                                        train the bundled model for three minutes
  treegrpo train experiments/tiny/treegrpo.toml        a run of your own
  treegrpo resume 1                                    go on with a run that was stopped
  treegrpo runs                                        what is in the store
  treegrpo show 1 --iteration 0 --prompt 0             a tree and its advantages
Exit codes: 0 done, 1 failure, 2 usage, 3 configuration, 4 memory, 5 interrupted with checkpoint.
'treegrpo COMMAND --help' has the options and examples of a command.)";

void add_commands(CLI::App& app, Chosen& chosen) {
  add_demo(app, chosen);
  add_train(app, chosen);
  add_resume(app, chosen);
  add_control(app, chosen);
  add_runs(app, chosen);
  add_show(app, chosen);
  add_image(app, chosen);
  add_probe(app, chosen);
  add_compare(app, chosen);
  add_export(app, chosen);
  add_export_model(app, chosen);
  add_figures(app, chosen);
  add_import(app, chosen);
  add_prompts(app, chosen);
  add_credit(app, chosen);
  add_regrow(app, chosen);
  add_draw(app, chosen);
  add_tag(app, chosen);
  add_note(app, chosen);
  add_rename(app, chosen);
  add_delete(app, chosen);
  add_restore(app, chosen);
  add_purge(app, chosen);
  add_store(app, chosen);
  add_config(app, chosen);
  add_schedule(app, chosen);
  add_evaluate(app, chosen);
  add_sample(app, chosen);
  add_pretrain(app, chosen);
  add_list(app, chosen);
}

// What CLI11 does not say well: which command was meant by a word that is none.
void check_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::string known;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == argv[1]) return;
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  throw Error("there is no command '" + std::string(argv[1]) + "'; there are " + known,
              ErrorKind::usage);
}

// One sentence is one line, whatever was in it.
void complain(std::string sentence) {
  std::replace(sentence.begin(), sentence.end(), '\n', ' ');
  std::fflush(stdout);
  std::fprintf(stderr, "treegrpo: %s\n", sentence.c_str());
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"TreeGRPO Studio: tree-structured RL post-training of image generators.",
               "treegrpo"};
  app.footer(examples);
  app.set_version_flag("--version", "treegrpo " + program_version());
  app.require_subcommand(1);
  Chosen chosen;
  add_commands(app, chosen);
  check_command(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help and --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    throw Error(std::string(error.what()) + "; 'treegrpo --help' shows what there is",
                ErrorKind::usage);
  }
  return chosen();
}

}  // namespace
}  // namespace treegrpo::cli

int main(int argc, char** argv) {
  // Beyond a limit on the size of files writing fails, and is told, instead of ending the process.
  ::signal(SIGXFSZ, SIG_IGN);
  try {
    return treegrpo::cli::parse_and_run(argc, argv);
  } catch (...) {
    const treegrpo::Error failure = treegrpo::current_failure();
    treegrpo::cli::complain(failure.what());
    return treegrpo::cli::exit_code(failure.kind());
  }
}
