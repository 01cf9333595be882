// The options of commands that run a config: CONFIG, --set and what stands for a --set.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "record/config_place.h"
#include "record/run_config.h"

namespace treegrpo::cli {

struct ConfigOptions {
  std::string file;               // empty: the defaults alone
  std::vector<std::string> sets;  // key=value, in order
  std::optional<std::string> name;
  std::optional<std::int64_t> iterations;
  std::optional<std::uint64_t> seed;
  std::optional<std::int64_t> threads;
};

void add_config_file(CLI::App& command, ConfigOptions& options);  // CONFIG
void add_sets(CLI::App& command, ConfigOptions& options);         // --set
void add_run_options(CLI::App& command, ConfigOptions& options);  // --name --seed --threads

// The file, then --set in order, then the options of their own. Throws Error (configuration).
RunConfig config_of(const ConfigOptions& options);

// Does the work; where it finds keys that contradict each other or do not fit the machine, the
// error gets the line or the --set in front (record/config_place.h).
template <class Work>
auto with_places(const ConfigOptions& options, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    throw placed(error, options.file, options.sets);
  }
}

}  // namespace treegrpo::cli
