#include "weights/safetensors_header.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "base/error.h"

namespace treegrpo {
namespace {

struct DtypeRow {
  std::string_view name;
  int bits;
};

// Indexed by Dtype.
constexpr std::array<DtypeRow, 22> dtypes{{
    {"BOOL", 8},        {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
    {"I8", 8},          {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
    {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
    {"I32", 32},        {"U32", 32},    {"F32", 32},    {"C64", 64},    {"F64", 64},
    {"I64", 64},        {"U64", 64},
}};

constexpr std::uint64_t max_integer = (std::uint64_t{1} << 48) - 1;
constexpr std::size_t max_rank = 64;
constexpr std::size_t max_name_bytes = 4096;
constexpr std::size_t max_tensors = 1'000'000;

// A tensor's entry while its fields are being read.
struct PartialEntry {
  std::string name;
  std::optional<Dtype> dtype;
  std::optional<std::vector<std::uint64_t>> shape;
  std::optional<std::vector<std::uint64_t>> data_offsets;
};

// Takes the header token by token. A DOM would silently keep one of two equal keys, and would build
// whatever nesting a foreign file holds before anything could object.
class HeaderReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  SafetensorsHeader take() { return std::move(header_); }

  bool start_object(std::size_t) override {
    if (place_ == Place::start) {
      place_ = Place::top;
    } else if (place_ == Place::top && key_ == "__metadata__") {
      place_ = Place::metadata;
    } else if (place_ == Place::top) {
      partial_ = PartialEntry{};
      partial_.name = key_;
      place_ = Place::tensor;
    } else {
      refuse("an object");
    }
    fields_.clear();
    return true;
  }

  bool end_object() override {
    if (place_ == Place::tensor) finish_entry();
    place_ = place_ == Place::top ? Place::end : Place::top;
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ != Place::tensor || (key_ != "shape" && key_ != "data_offsets")) refuse("a list");
    place_ = Place::integers;
    integers_.clear();
    return true;
  }

  bool end_array() override {
    place_ = Place::tensor;
    (key_ == "shape" ? partial_.shape : partial_.data_offsets) = integers_;
    return true;
  }

  bool key(std::string& name) override {
    key_ = name;
    if (place_ == Place::top) {
      if (name.size() > max_name_bytes) throw Error("a tensor's name is absurdly long");
      if (!names_.insert(name).second) throw Error("the name '" + name + "' stands twice");
      if (names_.size() > max_tensors) throw Error("it lists more than a million tensors");
      return true;
    }
    if (!fields_.insert(name).second) {
      throw Error("the key '" + name + "' of '" + partial_.name + "' stands twice");
    }
    if (place_ == Place::tensor && name != "dtype" && name != "shape" && name != "data_offsets") {
      throw Error("unknown key '" + name + "' in the entry of '" + partial_.name + "'");
    }
    return true;
  }

  bool string(std::string& value) override {
    if (place_ == Place::metadata) {
      header_.metadata[key_] = value;
    } else if (place_ == Place::tensor && key_ == "dtype") {
      partial_.dtype = dtype_from_name(value);
    } else {
      refuse("a text");
    }
    return true;
  }

  bool number_unsigned(std::uint64_t value) override {
    if (place_ != Place::integers) refuse("a number");
    if (value > max_integer) throw Error("a number of '" + partial_.name + "' is out of range");
    if (integers_.size() >= max_rank)
      throw Error("'" + partial_.name + "' has too many dimensions");
    integers_.push_back(value);
    return true;
  }

  bool null() override { return refuse("null"); }
  bool boolean(bool) override { return refuse("a truth value"); }
  bool number_integer(std::int64_t) override { return refuse("a negative number"); }
  bool number_float(double, const std::string&) override { return refuse("a fraction"); }
  bool binary(nlohmann::json::binary_t&) override { return refuse("binary data"); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    throw Error("its header is not JSON at byte " + std::to_string(position + 8));
  }

 private:
  enum class Place { start, top, metadata, tensor, integers, end };

  [[noreturn]] bool refuse(const std::string& what) const {
    throw Error("its header holds " + what + " where none belongs" +
                (key_.empty() ? "" : " (at '" + key_ + "')"));
  }

  Dtype dtype_from_name(std::string_view name) const {
    const auto row = std::find_if(dtypes.begin(), dtypes.end(), [&](const DtypeRow& candidate) {
      return candidate.name == name;
    });
    if (row == dtypes.end()) {
      throw Error("'" + partial_.name + "' has the unknown type '" + std::string(name) + "'");
    }
    return static_cast<Dtype>(row - dtypes.begin());
  }

  void finish_entry() {
    if (!partial_.dtype || !partial_.shape || !partial_.data_offsets) {
      throw Error("the entry of '" + partial_.name + "' lacks dtype, shape or data_offsets");
    }
    if (partial_.data_offsets->size() != 2 ||
        (*partial_.data_offsets)[1] < (*partial_.data_offsets)[0]) {
      throw Error("the data_offsets of '" + partial_.name + "' are not a range");
    }
    TensorEntry entry;
    entry.name = partial_.name;
    entry.dtype = *partial_.dtype;
    entry.shape.assign(partial_.shape->begin(), partial_.shape->end());
    entry.offset = (*partial_.data_offsets)[0];
    entry.bytes = (*partial_.data_offsets)[1] - entry.offset;
    if (entry.bytes != tensor_bytes(entry.dtype, entry.shape)) {
      throw Error("the shape of '" + entry.name + "' does not fit its " +
                  std::to_string(entry.bytes) + " bytes");
    }
    header_.entries.push_back(std::move(entry));
  }

  Place place_ = Place::start;
  std::string key_;
  std::set<std::string> names_;
  std::set<std::string> fields_;
  std::vector<std::uint64_t> integers_;
  PartialEntry partial_;
  SafetensorsHeader header_;
};

// No holes, no overlaps, and the last tensor ends the file.
void check_coverage(std::vector<TensorEntry>& entries, std::uint64_t data_bytes) {
  std::sort(entries.begin(), entries.end(), [](const TensorEntry& a, const TensorEntry& b) {
    return std::pair(a.offset, a.bytes) < std::pair(b.offset, b.bytes);
  });
  std::uint64_t end = 0;
  for (const TensorEntry& entry : entries) {
    if (entry.offset != end) {
      throw Error("there is a hole or an overlap in front of '" + entry.name + "'");
    }
    end += entry.bytes;
  }
  if (end > data_bytes) {
    throw Error("it is truncated: " + std::to_string(end - data_bytes) + " bytes are missing");
  }
  if (end < data_bytes) {
    throw Error(std::to_string(data_bytes - end) + " bytes at its end belong to no tensor");
  }
}

}  // namespace

std::string_view dtype_name(Dtype dtype) { return dtypes[static_cast<std::size_t>(dtype)].name; }

int dtype_bits(Dtype dtype) { return dtypes[static_cast<std::size_t>(dtype)].bits; }

std::uint64_t tensor_bytes(Dtype dtype, const std::vector<std::int64_t>& shape) {
  std::uint64_t bits = static_cast<std::uint64_t>(dtype_bits(dtype));
  for (const std::int64_t size : shape) {
    if (size < 0 || __builtin_mul_overflow(bits, static_cast<std::uint64_t>(size), &bits)) {
      throw Error("a tensor's size overflows");
    }
  }
  if (bits % 8 != 0) throw Error("a tensor does not end on a whole byte");
  return bits / 8;
}

SafetensorsHeader parse_safetensors_header(std::string_view json, std::uint64_t data_bytes) {
  if (json.empty() || json.front() != '{' || json.find('\0') != std::string_view::npos) {
    throw Error("its header is not a JSON object");
  }
  HeaderReader reader;
  nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
  SafetensorsHeader header = reader.take();
  check_coverage(header.entries, data_bytes);
  std::sort(header.entries.begin(), header.entries.end(),
            [](const TensorEntry& a, const TensorEntry& b) { return a.name < b.name; });
  return header;
}

std::string safetensors_header_text(const SafetensorsHeader& header) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  if (!header.metadata.empty()) json["__metadata__"] = header.metadata;
  for (const TensorEntry& entry : header.entries) {
    json[entry.name] = {{"dtype", dtype_name(entry.dtype)},
                        {"shape", entry.shape},
                        {"data_offsets", {entry.offset, entry.offset + entry.bytes}}};
  }
  std::string text = json.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  return text;
}

}  // namespace treegrpo
