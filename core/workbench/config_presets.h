// The configs that come with the program, one a method: what a new run can begin with.
#pragma once

#include <string>
#include <vector>

namespace treegrpo {

struct ConfigPreset {
  std::string name;      // of the file: "treegrpo"
  std::string title;     // of its method: "TreeGRPO"
  std::string sentence;  // what its method does
  std::string text;      // TOML with comments
};

// In the order of methods(); a method without a file is left out. Throws Error if the folder is
// missing.
std::vector<ConfigPreset> config_presets();

}  // namespace treegrpo
