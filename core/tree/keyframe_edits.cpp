#include "tree/keyframe_edits.h"

#include <algorithm>

#include "base/error.h"
#include "record/config_fields.h"
#include "tree/draft_changes.h"
#include "tree/keyframes.h"
#include "tree/schedule_draft.h"

namespace treegrpo {

namespace {

std::string frame_text(const RunConfig& before, const RunConfig& wanted) {
  std::vector<std::string> settings = schedule_overrides(before, wanted);
  std::erase_if(settings, [](const std::string& setting) {
    return !is_keyframe_key(setting.substr(0, setting.find('=')));
  });
  return keyframe_text(settings);
}

bool can_be_read(const RunConfig& config, int iteration) {
  try {
    config_at(config, iteration);
    return true;
  } catch (const Error&) {
    return false;
  }
}

// A keyframe that builds upon steps that are no more keeps the schedule it had.
RunConfig readable(RunConfig config, const RunConfig& before) {
  for (Keyframe& keyframe : config.schedule.keyframe) {
    if (can_be_read(config, keyframe.iteration)) continue;
    keyframe.set = frame_text(config_at(config, keyframe.iteration - 1),
                              config_at(before, keyframe.iteration));
  }
  return config;
}

}  // namespace

RunConfig edited(const RunConfig& config, int iteration, const RunConfig& wanted) {
  const auto keyframe = keyframe_at(config, iteration);
  RunConfig result = config;
  if (!keyframe) {
    result = with_draft(config, draft_of(wanted));
    result.schedule.keyframe = config.schedule.keyframe;
    return readable(std::move(result), config);
  }
  Keyframe& frame = result.schedule.keyframe[*keyframe];
  for (const DraftChange& change : changed_keys(config_at(config, iteration), wanted))
    if (!is_keyframe_key(change.key)) set_field(result, change.key + "=" + change.after);
  const RunConfig before = config_at(result, frame.iteration - 1);
  // A rule set here counts its shifts from here, which goes without saying, so that the keyframe
  // can be moved.
  const bool counts_from_here = wanted.method.shift_from == frame.iteration;
  RunConfig silent = wanted;
  if (counts_from_here) silent.method.shift_from = before.method.shift_from;
  frame.set = frame_text(before, silent);
  if (counts_from_here && config_at(result, frame.iteration).method.shift_from != frame.iteration)
    frame.set = frame_text(before, wanted);
  return readable(std::move(result), config);
}

RunConfig with_keyframe(RunConfig config, int iteration) {
  std::vector<Keyframe>& frames = config.schedule.keyframe;
  const auto after = std::find_if(frames.begin(), frames.end(), [&](const Keyframe& keyframe) {
    return keyframe.iteration >= iteration;
  });
  if (iteration < 1 || (after != frames.end() && after->iteration == iteration)) return config;
  frames.insert(after, {.iteration = iteration, .set = {}});
  return config;
}

RunConfig without_keyframe(const RunConfig& config, std::size_t keyframe) {
  RunConfig result = config;
  std::vector<Keyframe>& frames = result.schedule.keyframe;
  if (keyframe < frames.size())
    frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(keyframe));
  return readable(std::move(result), config);
}

RunConfig moved_keyframe(RunConfig config, std::size_t keyframe, int iteration) {
  std::vector<Keyframe>& frames = config.schedule.keyframe;
  if (keyframe >= frames.size()) return config;
  const int least = keyframe == 0 ? 1 : frames[keyframe - 1].iteration + 1;
  const int most = keyframe + 1 < frames.size() ? frames[keyframe + 1].iteration - 1
                                                : std::max(least, config.run.iterations - 1);
  frames[keyframe].iteration = std::clamp(iteration, least, std::max(least, most));
  return config;
}

}  // namespace treegrpo
