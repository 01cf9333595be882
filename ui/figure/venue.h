// The widths that venues print at, and the units of a figure: its own are points of 1/72 inch.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace treegrpo {

inline constexpr double points_per_inch = 72;
inline constexpr double points_per_mm = points_per_inch / 25.4;

struct Venue {
  const char* name;   // as a recipe writes it: "iclr", "icml-column"
  const char* title;  // "ICLR, one column"
  double inches;      // of the text or the column
};

// In the order of the choice; widths are those of the venues' style files, as tueplots has them.
std::span<const Venue> venues();

// None by that name.
const Venue* venueNamed(std::string_view name);

}  // namespace treegrpo
