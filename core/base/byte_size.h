// Sizes in bytes as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace treegrpo {

// "0 bytes", "1 byte", "999 bytes", "1.0 kB", "12.3 MB", "4.5 GB": powers of 1000. A negative size
// has a minus in front.
std::string byte_size_text(std::int64_t bytes);

}  // namespace treegrpo
