// Changing values in a config's text by hand's rules: what else stands there, comments above all,
// stays as it was written.
#pragma once

#include <string>
#include <string_view>

#include "record/run_config.h"

namespace treegrpo {

// The text, changed so that it reads as `config`: a value that differs is replaced where it stands,
// a key that is missing is put into its section, an item is added to or taken from the end of its
// list. A text that is no config, or that cannot be changed so, is written anew by config_toml.
std::string edited_text(std::string_view text, const RunConfig& config);

}  // namespace treegrpo
