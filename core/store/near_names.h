// What somebody may have meant who typed a name that does not exist. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace treegrpo {

// At most three of the names, nearest first: those that hold the text or are few letters away.
std::vector<std::string> near_names(std::string_view text, const std::vector<std::string>& names);

}  // namespace treegrpo
