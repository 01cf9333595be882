#include "base/byte_size.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace treegrpo {

std::string byte_size_text(std::int64_t bytes) {
  constexpr std::array<const char*, 4> units = {"kB", "MB", "GB", "TB"};
  if (std::abs(static_cast<double>(bytes)) < 1000)
    return std::to_string(bytes) + (bytes == 1 || bytes == -1 ? " byte" : " bytes");
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // 999.95 would be printed as 1000.0.
  while (std::abs(size) >= 999.95 && unit + 1 < units.size()) {
    size /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f %s", size, units[unit]);
  return text.data();
}

}  // namespace treegrpo
