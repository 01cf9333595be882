#include "compare/event_file.h"

#include <bit>
#include <cmath>

namespace treegrpo {
namespace {

// The low bytes of a number, little-endian.
template <typename Integer>
std::string little_endian(Integer value) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof value; ++i)
    bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
  return bytes;
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7FU) | 0x80U);
  return bytes + static_cast<char>(value);
}

enum Wire { wire_varint = 0, wire_64 = 1, wire_bytes = 2, wire_32 = 5 };

// A field's tag, which precedes its value.
std::string tag(unsigned field, Wire wire) { return varint(field << 3U | wire); }

std::string bytes_field(unsigned field, std::string_view bytes) {
  return tag(field, wire_bytes) + varint(bytes.size()) + std::string(bytes);
}

std::string double_field(unsigned field, double value) {
  return tag(field, wire_64) + little_endian(std::bit_cast<std::uint64_t>(value));
}

std::string float_field(unsigned field, float value) {
  return tag(field, wire_32) + little_endian(std::bit_cast<std::uint32_t>(value));
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0x82F63B78U : 0U);
  }
  return ~crc;
}

std::uint32_t masked_crc32c(std::string_view bytes) {
  const std::uint32_t crc = crc32c(bytes);
  return ((crc >> 15U) | (crc << 17U)) + 0xA282EAD8U;
}

EventFile::EventFile(double wall_time) {
  add_record(double_field(1, wall_time) + bytes_field(3, "brain.Event:2"));
}

void EventFile::add(std::int64_t step, double wall_time, std::span<const NamedValue> values) {
  std::string summary;
  for (const NamedValue& value : values)
    if (std::isfinite(value.value))
      summary += bytes_field(
          1, bytes_field(1, value.name) + float_field(2, static_cast<float>(value.value)));
  add_record(double_field(1, wall_time) + tag(2, wire_varint) +
             varint(static_cast<std::uint64_t>(step)) + bytes_field(5, summary));
}

void EventFile::add_record(std::string_view event) {
  const std::string length = little_endian(static_cast<std::uint64_t>(event.size()));
  bytes_ += length + little_endian(masked_crc32c(length));
  bytes_.append(event).append(little_endian(masked_crc32c(event)));
}

}  // namespace treegrpo
