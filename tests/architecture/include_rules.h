// Who may include whom, as a function of a file's path, name and text: the rules of ARCHITECTURE.md
// that a compiler does not see. Used by tst_layers on the whole source tree and on made-up files.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace include_rules {

// The folders of core/ in include order: each may include itself and those before it.
inline const std::vector<std::string> layers = {
    "base",   "record", "tree",    "compare", "image",   "store",
    "scene",  "engine", "cuda",    "weights", "network", "sampler",
    "policy", "reward", "rollout", "cluster", "train",   "workbench"};

// What the window and the programs see of core.
inline const std::vector<std::string> open_layers = {"base",    "record", "tree",
                                                     "compare", "image",  "workbench"};

inline bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

inline std::optional<std::ptrdiff_t> layer_index(std::string_view folder) {
  const auto at = std::find(layers.begin(), layers.end(), folder);
  if (at == layers.end()) return std::nullopt;
  return at - layers.begin();
}

// Whether a folder is one of those that make the engine module, cuda included.
inline bool is_engine_module(std::string_view folder) {
  const auto index = layer_index(folder);
  return index && *index >= *layer_index("cuda") && *index <= *layer_index("train");
}

inline std::string first_part(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

// A source file by its place: "core/tree/advantage.cpp" is of area core and folder tree.
struct Place {
  std::string path, area, folder;

  explicit Place(const std::string& file_path) : path(file_path), area(first_part(file_path)) {
    folder = first_part(std::string_view(path).substr(area.size() + 1));
  }
  bool in(std::string_view folder_path) const {
    return path.starts_with(std::string(folder_path) + "/");
  }
  bool is_header() const { return path.ends_with(".h") || path.ends_with(".cuh"); }
};

inline std::vector<std::string> includes_of(const std::string& text) {
  static const std::regex line(R"((?:^|\n)[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"])");
  std::vector<std::string> includes;
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
    includes.push_back((*match)[1]);
  }
  return includes;
}

// Why a file may not include a folder of core, or nothing.
inline std::string layer_problem(const Place& place, const std::string& included) {
  if (place.area == "ui" || (place.area == "app" && place.folder != "selfcheck")) {
    return contains(open_layers, included) ? ""
                                           : place.area +
                                                 " sees of core only base, record, tree, "
                                                 "compare, image and workbench";
  }
  if (place.in("app/selfcheck")) {
    return included == "store" || included == "image" || included == "workbench"
               ? "the self-check builds without SQLite, OpenCV and the facade"
               : "";
  }
  if (place.folder == "workbench" && is_engine_module(included)) {
    return "workbench sees of the engine only engine/";
  }
  if (is_engine_module(place.folder) && included == "store") return "the engine knows no store";
  if (*layer_index(included) > *layer_index(place.folder)) {
    return included + " comes after " + place.folder + " in the include order";
  }
  return "";
}

inline bool starts_with_any(std::string_view text, const std::vector<std::string>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const std::string& start) { return text.starts_with(start); });
}

// Why a file may not include a header of a third party, or nothing.
inline std::string third_party_problem(const Place& place, const std::string& header) {
  static const std::regex qt("Q[A-Za-z].*|q[a-z]+\\.h");
  if (starts_with_any(header, {"torch/", "ATen/", "c10/", "caffe2/"})) {
    const bool may =
        (place.area == "core" && is_engine_module(place.folder) && place.folder != "cuda") ||
        place.in("app/selfcheck");
    return may ? "" : "LibTorch is seen only in weights to train and in the self-check";
  }
  if (starts_with_any(header, {"cuda_runtime", "cuda.h", "cuda/std/", "cub/"})) {
    const bool may = place.in("core/cuda") && place.path.ends_with(".cu");
    return may ? "" : "CUDA's own headers are seen only in the .cu files of core/cuda";
  }
  if (starts_with_any(header, {"SQLiteCpp/", "sqlite3"})) {
    return place.in("core/store") ? "" : "SQL is seen only in core/store";
  }
  if (starts_with_any(header, {"opencv2/", "opencv/"})) {
    const bool may = place.in("core/image") || place.in("core/scene") || place.in("core/reward");
    return may ? "" : "OpenCV is seen only in image, scene and reward";
  }
  if (starts_with_any(header, {"imgui"})) {
    return place.in("ui/canvas") ? "" : "Dear ImGui is seen only in ui/canvas";
  }
  if (starts_with_any(header, {"toml++", "toml.hpp"})) {
    return place.path.ends_with(".cpp") ? "" : "toml++ is included only by .cpp files";
  }
  if (std::regex_match(header, qt)) {
    return place.area == "ui" || place.in("app/studio") ? ""
                                                        : "Qt is seen only in ui and app/studio";
  }
  return "";
}

// Everything that is wrong with one file, a sentence each: "PATH includes X: why not".
inline std::vector<std::string> problems(const std::string& path, const std::string& text) {
  const Place place(path);
  std::vector<std::string> found;
  if (place.area == "core" && !layer_index(place.folder)) {
    return {path + " lies in no folder of the include order"};
  }
  if (place.area == "core" && place.is_header() && !text.starts_with("//")) {
    found.push_back(path + " does not open with a comment that says what it holds");
  }
  for (const std::string& header : includes_of(text)) {
    std::string problem = third_party_problem(place, header);
    // A program hands the engine's loader to the facade: its main builds the graph.
    const bool builds_graph = place.area == "app" && header == "engine/engine_loader.h";
    if (!builds_graph && layer_index(first_part(header))) {
      problem = layer_problem(place, first_part(header));
    }
    if (header.find("..") != std::string::npos) problem = "includes start at the include root";
    if (!problem.empty()) found.push_back(path + " includes " + header + ": " + problem);
  }
  return found;
}

struct SourceFile {
  std::string path;  // from the root of the source tree
  std::string text;
};

// The C++ and CUDA files below root/area, in no particular order.
inline std::vector<SourceFile> source_files(const std::filesystem::path& root,
                                            const std::string& area) {
  std::vector<SourceFile> files;
  if (!std::filesystem::exists(root / area)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / area)) {
    const std::string extension = entry.path().extension().string();
    if (!contains({".h", ".cpp", ".cu", ".cuh"}, extension)) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files.push_back({std::filesystem::relative(entry.path(), root).generic_string(),
                     std::string(std::istreambuf_iterator<char>(file), {})});
  }
  return files;
}

}  // namespace include_rules
