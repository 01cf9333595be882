#include "engine/engine_loader.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "engine/engine_factory.h"
#include "engine/library_environment.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* module_name = "libtreegrpo_engine.so";
constexpr const char* get_it = "run ./installer/start to bring it, or reinstall the program";

Error no_engine(const std::string& sentence) { return Error(sentence, ErrorKind::no_engine); }

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::string last_loader_error() {
  const char* text = dlerror();
  return text != nullptr ? text : "no reason given";
}

std::string joined(const std::vector<fs::path>& places) {
  std::string text;
  for (const fs::path& place : places) text += (text.empty() ? "" : ", ") + place.string();
  return text;
}

// A file, or a folder that holds the module.
fs::path find_module() {
  if (const char* named = std::getenv("TREEGRPO_ENGINE_PATH"); named != nullptr && *named != '\0') {
    std::error_code ignored;
    const fs::path path = fs::is_directory(named, ignored) ? fs::path(named) / module_name : named;
    if (is_there(path)) return path;
    throw no_engine("TREEGRPO_ENGINE_PATH names '" + path.string() + "', which does not exist");
  }
  const fs::path program = executable_folder();
  std::vector<fs::path> places;
  for (const char* folder : {".", "../lib", "../lib/treegrpo"})
    places.push_back((program / folder / module_name).lexically_normal());
  for (const fs::path& place : places)
    if (is_there(place)) return place;
  throw no_engine("the engine is missing: " + std::string(module_name) + " is at none of " +
                  joined(places) + "; build it, or set TREEGRPO_ENGINE_PATH to its folder");
}

// The torch/ folder whose libraries the module would get: the user's library path first, then what
// is installed beside the module, then where it was built.
fs::path find_torch(const fs::path& module) {
  std::vector<fs::path> places;
  if (const char* path = std::getenv("LD_LIBRARY_PATH")) {
    const std::string text = path;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(':', begin), text.size());
      const fs::path folder = text.substr(begin, end - begin);
      if (folder.filename() == "lib") places.push_back(folder.parent_path());
      begin = end + 1;
    }
  }
  places.push_back(module.parent_path() / "torch");
  places.push_back((module.parent_path() / "../lib/torch").lexically_normal());
  places.emplace_back(TREEGRPO_TORCH_FOLDER);
  for (const fs::path& place : places)
    if (is_there(place / "lib" / "libtorch_cpu.so")) return place;
  throw no_engine("LibTorch is missing: there is no lib/libtorch_cpu.so in any of " +
                  joined(places) + "; " + get_it);
}

// "2.15.0" of the line "__version__ = '2.15.0+cu132'"; empty if there is no such line.
std::string version_in(const std::string& text) {
  // At the start of a line: the word also stands in __all__.
  const std::size_t key = text.find("\n__version__");
  if (key == std::string::npos) return {};
  const std::size_t open = text.find_first_of("'\"", key);
  if (open == std::string::npos) return {};
  const std::size_t close = text.find_first_of("'\"+", open + 1);
  return close == std::string::npos ? "" : text.substr(open + 1, close - open - 1);
}

// Built against one version and run on another, LibTorch crashes: only the same will do.
void check_version(const fs::path& torch) {
  const fs::path file = torch / "version.py";
  if (!is_there(file))
    throw no_engine("'" + torch.string() +
                    "' does not say which LibTorch it is (there is no "
                    "version.py); " +
                    get_it);
  const std::string found = version_in("\n" + read_file(file));
  if (found != TREEGRPO_TORCH_VERSION)
    throw no_engine("LibTorch in '" + torch.string() + "' is version " +
                    (found.empty() ? "unknown" : found) + ", but the engine was built with " +
                    TREEGRPO_TORCH_VERSION +
                    "; set TORCH_WHEEL_DIR to that version and build again");
}

// RTLD_DEEPBIND: libtorch_cpu must find its own sgemm_ before that of the plain BLAS which OpenCV
// has brought into the process; with the latter a network pass takes ten times as long.
void* open_library(const fs::path& path, const std::string& what) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (handle == nullptr)
    throw no_engine("cannot load " + what + " '" + path.string() + "': " + last_loader_error() +
                    "; " + get_it);
  return handle;
}

void* symbol(void* module, const char* name, const fs::path& path) {
  void* address = dlsym(module, name);
  if (address == nullptr)
    throw no_engine("'" + path.string() + "' is not an engine of this program: it lacks " + name);
  return address;
}

}  // namespace

std::shared_ptr<Engine> load_engine() {
  const fs::path path = find_module();
  const fs::path torch = find_torch(path);
  check_version(torch);
  set_library_environment();
  // Opened by name first, so that the module gets the very library whose version was read.
  open_library(torch / "lib" / "libtorch_cpu.so", "LibTorch");
  void* module = open_library(path, "the engine");

  const auto version =
      reinterpret_cast<EngineVersionFunction>(symbol(module, engine_version_symbol, path));
  if (version() != engine_interface_version)
    throw no_engine("the engine '" + path.string() +
                    "' belongs to another build of this program; "
                    "build everything again");
  const auto create =
      reinterpret_cast<EngineCreateFunction>(symbol(module, engine_create_symbol, path));
  // LibTorch starts threads and registers destructors: neither library is ever closed.
  return std::shared_ptr<Engine>(create());
}

}  // namespace treegrpo
