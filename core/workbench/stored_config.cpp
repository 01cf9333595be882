#include "workbench/stored_config.h"

#include "record/config_fields.h"
#include "record/config_toml.h"

namespace treegrpo {

RunConfig config_at(RunReader& reader, RunId run, std::int32_t iteration) {
  RunConfig config = parse_config(reader.config_toml(run),
                                  "the stored config of run " + std::to_string(run.value));
  for (const ParameterChange& change : reader.parameter_changes(run))
    if (change.iteration <= iteration) set_field(config, change.key + "=" + change.new_value);
  return config;
}

}  // namespace treegrpo
