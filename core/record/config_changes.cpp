#include "record/config_changes.h"

#include "record/config_fields.h"

namespace treegrpo {

RunConfig config_of_iteration(RunConfig config, std::span<const ParameterChanged> changes,
                              std::int32_t iteration) {
  for (const ParameterChanged& change : changes)
    if (change.iteration <= iteration) set_field(config, change.key + "=" + change.new_value);
  return config;
}

}  // namespace treegrpo
