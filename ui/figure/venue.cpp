#include "figure/venue.h"

namespace treegrpo {
namespace {

constexpr Venue table[] = {
    {"iclr", "ICLR, text width", 5.5},         {"neurips", "NeurIPS, text width", 5.5},
    {"icml-column", "ICML, one column", 3.25}, {"icml", "ICML, both columns", 6.75},
    {"cvpr-column", "CVPR, one column", 3.25}, {"cvpr", "CVPR, both columns", 6.875},
    {"aaai-column", "AAAI, one column", 3.3},  {"aaai", "AAAI, both columns", 6.975},
    {"eccv", "ECCV, text width", 4.8},         {"tmlr", "TMLR, text width", 6.5},
    {"jmlr", "JMLR, text width", 6.0},
};

}  // namespace

std::span<const Venue> venues() { return table; }

const Venue* venueNamed(std::string_view name) {
  for (const Venue& one : table)
    if (one.name == name) return &one;
  return nullptr;
}

}  // namespace treegrpo
