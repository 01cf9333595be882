// A run at a glance, for whoever follows it. Private to this folder.
#pragma once

#include <optional>

#include "record/ids.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// A few rows, found by their keys. None: there is no such run.
std::optional<RunNews> select_news(Statements& statements, RunId run);

}  // namespace treegrpo
