// Lists and small structures as the JSON text of one column, numbers exact. NaN is null, infinities
// are the texts "inf" and "-inf". Private to the sources of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/iteration_record.h"
#include "record/regrown.h"
#include "record/tree_schedule.h"

namespace treegrpo {

std::string numbers_to_json(const std::vector<double>& values);
std::vector<double> numbers_from_json(const std::string& text);

// [["name", value], …], order and double names kept.
std::string named_values_to_json(const std::vector<NamedValue>& values);
std::vector<NamedValue> named_values_from_json(const std::string& text);

std::string task_scores_to_json(const std::vector<TaskScore>& scores);
std::vector<TaskScore> task_scores_from_json(const std::string& text);

// How a tree was grown.
struct Growth {
  TreeSchedule schedule;
  std::int64_t latent_dimensions = 0;  // 0: not known, as in stores of older programs
};
std::string growth_to_json(const Growth& growth);
Growth growth_from_json(const std::string& text);

// Likewise of what was grown again, with how and with whose weights; reading it fills those fields.
std::string regrown_to_json(const Regrown& regrown);
void regrown_from_json(const std::string& text, Regrown& regrown);

}  // namespace treegrpo
