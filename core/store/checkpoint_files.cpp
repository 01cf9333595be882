#include "store/checkpoint_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "base/paths.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uint64_t longest_header = 100'000'000;  // bytes, the limit of the format
constexpr const char* state_name = "state.json";

// Bytes of a safetensors file by its own account: eight of the header's length, the header, and the
// tensors up to the end of the last one. None if its header is none.
std::optional<std::uint64_t> promised_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<unsigned char, 8> start{};
  if (!file.read(reinterpret_cast<char*>(start.data()), start.size())) return std::nullopt;
  std::uint64_t length = 0;
  for (std::size_t byte = start.size(); byte-- > 0;) length = length << 8 | start[byte];
  std::error_code unreadable;
  const std::uintmax_t size = fs::file_size(path, unreadable);
  if (unreadable || length > longest_header || length > size) return std::nullopt;
  std::string header(length, '\0');
  if (!file.read(header.data(), static_cast<std::streamsize>(length))) return std::nullopt;
  try {
    const json tensors = json::parse(header);
    std::uint64_t end = 0;
    for (const auto& [name, tensor] : tensors.items())
      if (name != "__metadata__")
        end = std::max(end, tensor.at("data_offsets").at(1).get<std::uint64_t>());
    return start.size() + length + end;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::optional<std::string> state_problem(const fs::path& file, std::int64_t iterations) {
  try {
    const json state = json::parse(read_file(file));
    if (state.at("iterations").get<std::int64_t>() == iterations) return std::nullopt;
    return std::string("holds the state.json of another checkpoint");
  } catch (const json::exception&) {
    return std::string("has a damaged state.json");
  } catch (const Error&) {
    return std::string("has a state.json that cannot be read");
  }
}

}  // namespace

std::optional<std::string> checkpoint_problem(const fs::path& folder, std::int64_t iterations,
                                              bool keeps_ema) {
  std::vector<std::string> tensors = {"weights.safetensors", "optimizer.safetensors"};
  if (keeps_ema) tensors.push_back("ema.safetensors");
  std::error_code failure;
  if (!fs::is_regular_file(folder / state_name, failure)) return std::string("lacks state.json");
  for (const std::string& name : tensors) {
    const fs::path file = folder / name;
    if (!fs::is_regular_file(file, failure)) return "lacks " + name;
    if (promised_bytes(file) != fs::file_size(file, failure)) return "has a damaged or cut " + name;
  }
  return state_problem(folder / state_name, iterations);
}

}  // namespace treegrpo
