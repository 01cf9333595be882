// TensorBoard's event files: records of TFRecord framing, each an Event message of its protocol
// buffers, written by hand since only five fields are needed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "record/iteration_record.h"

namespace treegrpo {

// CRC-32C (Castagnoli) of bytes, and as TFRecord masks it.
std::uint32_t crc32c(std::string_view bytes);
std::uint32_t masked_crc32c(std::string_view bytes);

// A file of scalars as it grows. Values that are no finite number are left out.
class EventFile {
 public:
  // wall_time: seconds since 1970, of the first record, which names the format.
  explicit EventFile(double wall_time);

  // One event with those values.
  void add(std::int64_t step, double wall_time, std::span<const NamedValue> values);

  const std::string& bytes() const { return bytes_; }

 private:
  void add_record(std::string_view event);

  std::string bytes_;
};

}  // namespace treegrpo
