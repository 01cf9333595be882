// Numbers as every canvas writes them (one number looks the same wherever it stands): U+2212 for
// minus, an en dash where there is none.
#pragma once

#include <cstdint>
#include <string>

namespace treegrpo {

// "0.787", "−1.3"; "–" for NaN, "∞" and "−∞" beyond.
std::string fixedText(double value, int decimals);

// The same with a plus before what is above 0: "+1.34". What rounds to 0 keeps its sign.
std::string signedText(double value, int decimals);

// For numbers of many sizes: "2.7×10⁻⁵", "0.012", two digits.
std::string shortText(double value);

// A whole number: all digits of up to five, else as shortText.
std::string countText(std::int64_t count);

}  // namespace treegrpo
