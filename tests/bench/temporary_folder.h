// A folder that is removed with all it holds.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "base/error.h"

namespace treegrpo::bench {

class TemporaryFolder {
 public:
  // Throws Error if the system's folder for temporary files cannot be written.
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "treegrpo-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw Error("cannot make the folder '" + name + "'");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code left_behind;
    std::filesystem::remove_all(path_, left_behind);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace treegrpo::bench
