// Where a config says what a complaint is about: contradictions are found among values that no
// longer know the line or the --set they came from.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace treegrpo {

// The keys of a run's config that a complaint is about, in the order in which it names them: every
// configuration Error names its dotted keys, those of an item by number (schedule.step.2.train), a
// whole list as [[reward]], here "reward". None for an error of another kind.
std::vector<std::string> named_keys(const Error& error);

// The line of a config's text that gives a key its value, from 1; nothing if none does or the text
// is no TOML. text: one that read_toml took.
std::optional<std::size_t> key_line(std::string_view text, std::string_view key);

// The error with the place in front of the first key it names that was given: "tiny.toml line 7: …"
// or "--set method.window=12: …"; "tiny.toml: …" if all the keys it names have their defaults. A
// key of an item may name it by number, as schedule.step.2.train. Unchanged if it is of another
// kind than configuration or names no key of a run's config. path, sets: as load_config took them,
// without complaint; an empty path is no file at all.
Error placed(const Error& error, const std::string& path, std::span<const std::string> sets);

}  // namespace treegrpo
