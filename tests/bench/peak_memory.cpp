#include "bench/peak_memory.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/paths.h"

namespace treegrpo::bench {
namespace {

// What a program writes to stdout. Throws Error if it fails.
std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw Error("cannot run '" + command + "'");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  if (pclose(pipe) != 0) throw Error("'" + command + "' failed");
  return text;
}

}  // namespace

nlohmann::ordered_json peak_memory(std::span<const Case> cases, int threads) {
  nlohmann::ordered_json bytes;
  for (const Case& each : cases) {
    std::fprintf(stderr, "memory: %s\n", each.name.c_str());
    bytes[each.name] =
        std::stoll(output_of("'" + (executable_folder() / "bench_iteration").string() +
                             "' --threads " + std::to_string(threads) + " --peak-of " + each.name));
  }
  return {{"peak_bytes", bytes}};
}

}  // namespace treegrpo::bench
