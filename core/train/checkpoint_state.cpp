#include "train/checkpoint_state.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/fingerprint.h"
#include "base/paths.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::int64_t state_version = 1;
constexpr std::int64_t most_iterations = std::numeric_limits<std::int32_t>::max();
constexpr std::uintmax_t largest_state = 16'000'000;  // bytes

// nlohmann's own conversions would cut 4294967297 to 1 and take true for 1.
std::int64_t whole_number(const json& object, const char* key, std::int64_t least) {
  const json& value = object.at(key);
  const bool fits = value.is_number_unsigned()
                        ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most_iterations)
                        : value.is_number_integer() && value.get<std::int64_t>() <= most_iterations;
  if (!fits || value.get<std::int64_t>() < least)
    throw Error(std::string("'") + key + "' is not a whole number from " + std::to_string(least) +
                " to " + std::to_string(most_iterations));
  return value.get<std::int64_t>();
}

double number_or_none(const json& object, const char* key) {
  const json& value = object.at(key);
  if (value.is_null()) return no_value;
  if (!value.is_number() || !std::isfinite(value.get<double>()))
    throw Error(std::string("'") + key + "' is neither a number nor null");
  return value.get<double>();
}

// The fingerprint of a file; version 0.1.0 of the program wrote none.
std::string text_or_empty(const json& object, const char* key) {
  return object.contains(key) ? object.at(key).get<std::string>() : std::string();
}

std::map<std::string, std::string> files_of(const json& object) {
  if (!object.contains("files")) return {};
  auto files = object.at("files").get<std::map<std::string, std::string>>();
  for (const auto& [name, fingerprint] : files)
    if (name.empty() || fs::path(name).filename() != name)
      throw Error("'files' names something that is no file beside it");
  return files;
}

CheckpointState state_of(const json& object) {
  CheckpointState state{
      .iterations = static_cast<std::int32_t>(whole_number(object, "iterations", 0)),
      .evaluated = static_cast<std::int32_t>(whole_number(object, "evaluated", -1)),
      .reward = number_or_none(object, "reward"),
      .config = object.at("config").get<std::string>(),
      .model = text_or_empty(object, "model"),
      .files = files_of(object)};
  if (state.evaluated > state.iterations)
    throw Error("its last evaluation lies after its last iteration");
  return state;
}

}  // namespace

std::string checkpoint_name(std::int32_t iterations) {
  char name[32];
  std::snprintf(name, sizeof name, "checkpoint-%06d", iterations);
  return name;
}

std::string state_text(const CheckpointState& state) {
  nlohmann::ordered_json object;
  object["version"] = state_version;
  object["iterations"] = state.iterations;
  object["evaluated"] = state.evaluated;
  object["reward"] = std::isfinite(state.reward) ? json(state.reward) : json();
  object["model"] = state.model;
  object["files"] = state.files;
  object["config"] = state.config;
  return object.dump(2) + "\n";
}

CheckpointState parse_state(std::string_view text, const std::string& source) {
  const std::string damaged = "'" + source + "' is damaged";
  try {
    const json object = json::parse(text);
    if (whole_number(object, "version", 0) <= state_version) return state_of(object);
  } catch (const json::exception&) {
    throw Error(damaged + ": it is not the state of a checkpoint");
  } catch (const Error& error) {
    throw error.within(damaged);
  }
  throw Error("'" + source + "' was written by a newer version of this program; go on with that");
}

CheckpointState read_state(const fs::path& checkpoint) {
  const fs::path file = checkpoint / "state.json";
  std::error_code unreadable;
  if (fs::file_size(file, unreadable) > largest_state && !unreadable)
    throw Error("'" + file.string() + "' is damaged: it is larger than the state of a checkpoint");
  return parse_state(read_file(file), file.string());
}

void check_files(const fs::path& checkpoint, const CheckpointState& state) {
  if (checkpoint.filename() != checkpoint_name(state.iterations))
    throw Error("'" + (checkpoint / "state.json").string() +
                "' is that of another checkpoint, after " + std::to_string(state.iterations) +
                " iterations");
  for (const auto& [name, fingerprint] : state.files)
    if (file_fingerprint(checkpoint / name) != fingerprint)
      throw Error("'" + (checkpoint / name).string() +
                  "' is damaged: it is not the file that was written with the checkpoint");
}

}  // namespace treegrpo
