#include "workbench/config_paths.h"

#include <string>

#include "base/error.h"
#include "base/paths.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

fs::path absolute(const std::string& path) { return fs::absolute(path).lexically_normal(); }

}  // namespace

fs::path model_path(const RunConfig& config) {
  if (!config.model.path.empty()) return absolute(config.model.path);
  try {
    return resource_path("models/tiny.safetensors");
  } catch (const Error& error) {
    throw Error(error.what(), ErrorKind::model_file);
  }
}

RunConfig with_absolute_paths(RunConfig config) {
  std::string& model = config.model.path;
  if (!model.empty()) model = absolute(model).string();
  for (std::string* prompts :
       {&config.prompts.train, &config.prompts.held_out, &config.probe.source})
    if (!prompts->empty() && !prompts->starts_with("scene:"))
      *prompts = absolute(*prompts).string();
  return config;
}

}  // namespace treegrpo
