#include "workbench/config_presets.h"

#include <filesystem>
#include <map>

#include "base/paths.h"
#include "record/config_place.h"
#include "record/config_toml.h"
#include "tree/method.h"

namespace treegrpo {

namespace {

// Configs of runs by their method; the folder also has those of pretraining.
std::map<std::string, std::filesystem::path> configs_by_method() {
  std::map<std::string, std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(resource_path("experiments/tiny"))) {
    RunConfig config;
    if (entry.path().extension() != ".toml") continue;
    const std::string text = read_config_file(entry.path().string());
    if (read_toml(run_fields(), &config, text) || !key_line(text, "method.name")) continue;
    files.emplace(config.method.name, entry.path());
  }
  return files;
}

}  // namespace

std::vector<ConfigPreset> config_presets() {
  const auto files = configs_by_method();
  std::vector<ConfigPreset> presets;
  for (const Method& method : methods()) {
    const auto file = files.find(std::string(method.name));
    if (file == files.end()) continue;
    presets.push_back({file->second.stem().string(), std::string(method.title),
                       std::string(method.sentence), read_config_file(file->second.string())});
  }
  return presets;
}

}  // namespace treegrpo
