// The lists of what a config can name, for `list` and for menus.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace treegrpo {

std::vector<CatalogEntry> method_catalog();
std::vector<CatalogEntry> credit_rule_catalog();
std::vector<CatalogEntry> sampler_catalog();

}  // namespace treegrpo
