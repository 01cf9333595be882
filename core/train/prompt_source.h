// Where prompts come from, and which of them an iteration draws (the prompts line of the path).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace treegrpo {

// A fixed list of prompts in groups (the tasks of scenes; one group for a file). What an iteration
// draws depends on the seed and the iteration alone, so a resumed run needs no state.
class PromptSource {
 public:
  // source: scene:train, scene:held_out, or a file as read_prompts (record/prompt_set.h) takes it, a
  // prompt a line unless it ends in .csv or .jsonl.
  // Throws a configuration Error if the file is missing, is not UTF-8 or holds no prompt.
  PromptSource(const std::string& source, std::uint64_t seed);

  // `count` distinct prompts: the groups in turn, each through its own shuffled order, and shuffled
  // anew when it is used up. Throws a configuration Error if there are fewer than count.
  std::vector<std::string> next(std::int32_t iteration, int count) const;

  // At most `count` of them, always the same: balanced over the groups.
  std::vector<std::string> first(int count) const;

  std::size_t size() const;

 private:
  std::vector<std::size_t> shuffled(std::size_t group, std::size_t round) const;

  std::string source_;
  std::uint64_t seed_ = 0;
  std::vector<std::vector<std::string>> groups_;  // none empty
};

// The prompts of an evaluation, always the same: of scenes a balanced list of `count`, of a file
// its first `count`. Throws as PromptSource does.
std::vector<std::string> held_out_prompts(const std::string& source, int count);

}  // namespace treegrpo
