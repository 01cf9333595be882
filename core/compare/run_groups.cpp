#include "compare/run_groups.h"

#include <algorithm>
#include <map>

namespace treegrpo {
namespace {

bool is_named(std::string_view key, const std::vector<std::string>& keys) {
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& named) {
    return key == named || key.starts_with(named + ".");
  });
}

// What equal runs of a grouping have in common. Lengths stand before texts, so that no two lists of
// texts read the same.
class GroupKey {
 public:
  void add(std::string_view text) {
    key_.append(std::to_string(text.size())).append(":").append(text);
  }
  const std::string& text() const { return key_; }

 private:
  std::string key_;
};

std::string key_of(const RunParameters& run, const Grouping& grouping) {
  GroupKey key;
  for (const auto& [name, value] : run.entries) {
    if (is_named(name, grouping.keys) != grouping.by_equal) continue;
    if (name == "run.name" && !grouping.by_equal) continue;
    key.add(name);
    key.add(std::to_string(value.index()));
    key.add(value_text(value));
  }
  for (const ParameterChanged& change : run.changes) {
    if (is_named(change.key, grouping.keys) != grouping.by_equal) continue;
    key.add(std::to_string(change.iteration));
    key.add(change.key);
    key.add(change.new_value);
  }
  return key.text();
}

}  // namespace

std::vector<std::vector<std::size_t>> group_runs(std::span<const RunParameters* const> runs,
                                                 const Grouping& grouping) {
  std::vector<std::vector<std::size_t>> groups;
  std::map<std::string, std::size_t> group_of_key;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    const auto [at, is_new] = group_of_key.emplace(key_of(*runs[run], grouping), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(run);
  }
  return groups;
}

std::string group_letter(std::size_t group) {
  std::string letters;
  for (std::size_t rest = group + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

}  // namespace treegrpo
