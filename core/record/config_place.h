// Where a config says what a complaint is about: contradictions are found among values that no
// longer know the line or the --set they came from.
#pragma once

#include <span>
#include <string>

#include "base/error.h"

namespace treegrpo {

// The error with the place in front of the first key it names that was given: "tiny.toml line 7: …"
// or "--set method.window=12: …"; "tiny.toml: …" if all the keys it names have their defaults. A
// key of an item may name it by number, as schedule.step.2.train. Unchanged if it is of another
// kind than configuration or names no key of a run's config. path, sets: as load_config took them,
// without complaint.
Error placed(const Error& error, const std::string& path, std::span<const std::string> sets);

}  // namespace treegrpo
