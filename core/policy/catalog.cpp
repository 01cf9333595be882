#include "policy/catalog.h"

#include <array>

#include "base/error.h"
#include "policy/tiny_dit_policy.h"
#include "weights/safetensors.h"

namespace treegrpo {
namespace {

struct Row {
  PolicyEntry entry;
  std::unique_ptr<Policy> (*open)(const SafetensorsFile& file, const PolicyFiles& files,
                                  const at::Device& device, Precision precision);
};

constexpr std::array rows = {
    Row{{"tiny_dit", "the bundled model: captioned scenes of coloured shapes, 32 x 32 pixels"},
        open_tiny_dit},
};

constexpr auto entries = [] {
  std::array<PolicyEntry, rows.size()> list{};
  for (std::size_t i = 0; i < rows.size(); ++i) list[i] = rows[i].entry;
  return list;
}();

}  // namespace

std::span<const PolicyEntry> policies() { return entries; }

std::unique_ptr<Policy> open_policy(const PolicyFiles& files, const at::Device& device,
                                    Precision precision) {
  const SafetensorsFile file(files.model);
  const auto kind = file.metadata().find("model");
  if (kind == file.metadata().end())
    throw Error("'" + files.model.string() +
                "' does not say which model it holds (no \"model\" in its metadata): it was not "
                "written by treegrpo pretrain");
  for (const Row& row : rows)
    if (row.entry.name == kind->second) return row.open(file, files, device, precision);
  throw Error("'" + files.model.string() + "' holds a '" + kind->second +
              "', which this version does not know; treegrpo list policies names those it does");
}

}  // namespace treegrpo
