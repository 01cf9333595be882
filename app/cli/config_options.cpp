#include "cli/config_options.h"

#include "cli/command.h"
#include "record/config_fields.h"
#include "record/config_toml.h"

namespace treegrpo::cli {

void add_config_file(CLI::App& command, ConfigOptions& options) {
  command.add_option("CONFIG", options.file, "Config file, such as experiments/tiny/treegrpo.toml")
      ->required();
}

void add_sets(CLI::App& command, ConfigOptions& options) {
  command
      .add_option("--set", options.sets,
                  "Overrides a key of the config, key=value; may be given again")
      ->allow_extra_args(false);
}

void add_run_options(CLI::App& command, ConfigOptions& options) {
  command.add_option("--name", options.name,
                     "Name of the run, unique in its store (default: from method and seed)");
  add_seed_option(command, options.seed, "Seed of everything random (run.seed)");
  command.add_option("--threads", options.threads,
                     "Compute threads; 0: the machine's cores, at most 16 (run.threads)");
}

RunConfig config_of(const ConfigOptions& options) {
  RunConfig config = options.file.empty() ? parse_config("", "", options.sets)
                                          : load_config(options.file, options.sets);
  if (options.name) set_field(config, "run.name=" + *options.name);
  if (options.iterations)
    set_field(config, "run.iterations=" + std::to_string(*options.iterations));
  if (options.seed) set_field(config, "run.seed=" + std::to_string(*options.seed));
  if (options.threads) set_field(config, "run.threads=" + std::to_string(*options.threads));
  return config;
}

}  // namespace treegrpo::cli
