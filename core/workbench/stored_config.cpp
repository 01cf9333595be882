#include "workbench/stored_config.h"

#include "record/config_changes.h"
#include "record/config_toml.h"

namespace treegrpo {

std::string config_name(RunId run) {
  return "the stored config of run " + std::to_string(run.value);
}

RunConfig stored_config(RunReader& reader, RunId run) {
  return parse_config(reader.config_toml(run), config_name(run));
}

RunConfig config_at(RunReader& reader, RunId run, std::int32_t iteration) {
  return config_of_iteration(stored_config(reader, run), reader.parameter_changes(run), iteration);
}

}  // namespace treegrpo
