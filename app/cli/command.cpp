#include "command.h"

#include "base/paths.h"

namespace treegrpo::cli {

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return exit_usage;
    case ErrorKind::configuration:
      return exit_configuration;
    case ErrorKind::memory:
      return exit_memory;
    case ErrorKind::interrupted:
      return exit_interrupted;
    default:
      return exit_failure;
  }
}

CLI::Option* add_seed_option(CLI::App& command, std::optional<std::uint64_t>& seed,
                             const std::string& sentence) {
  const auto natural = [](const std::string& text) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::string() : "'" + text + "' is not a number from 0 to 2^64 - 1";
  };
  return command.add_option("--seed", seed, sentence)->check(CLI::Validator(natural, ""));
}

void add_store_option(CLI::App& command, std::string& store) {
  command.add_option("--store", store,
                     "Store file (default: $TREEGRPO_STORE, else "
                     "$XDG_DATA_HOME/treegrpo/default.tgws)");
}

std::filesystem::path store_path(const std::string& option) {
  return option.empty() ? default_store_path() : std::filesystem::path(option);
}

}  // namespace treegrpo::cli
