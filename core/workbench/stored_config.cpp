#include "workbench/stored_config.h"

#include "record/config_changes.h"
#include "record/config_toml.h"

namespace treegrpo {

RunConfig stored_config(RunReader& reader, RunId run) {
  return parse_config(reader.config_toml(run),
                      "the stored config of run " + std::to_string(run.value));
}

RunConfig config_at(RunReader& reader, RunId run, std::int32_t iteration) {
  return config_of_iteration(stored_config(reader, run), reader.parameter_changes(run), iteration);
}

}  // namespace treegrpo
