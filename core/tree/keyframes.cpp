#include "tree/keyframes.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/error.h"
#include "record/config_fields.h"

namespace treegrpo {
namespace {

using Frames = std::vector<Keyframe>;

std::vector<std::string> settings_of(const Keyframe& keyframe) {
  std::istringstream words(keyframe.set);
  std::vector<std::string> settings;
  for (std::string word; words >> word;) settings.push_back(word);
  return settings;
}

std::string key_of(const std::string& setting) { return setting.substr(0, setting.find('=')); }

bool sets(const Keyframe& keyframe, std::string_view key) {
  const std::vector<std::string> settings = settings_of(keyframe);
  return std::any_of(settings.begin(), settings.end(),
                     [&](const std::string& setting) { return key_of(setting) == key; });
}

bool starts_shifts(const Keyframe& keyframe) {
  constexpr std::array keys = {"method.name", "method.window_rule", "method.window_start",
                               "method.shift_every", "method.shift_by"};
  return std::any_of(keys.begin(), keys.end(),
                     [&](const char* key) { return sets(keyframe, key); });
}

Frames::const_iterator first_after(const RunConfig& config, int iteration) {
  const Frames& frames = config.schedule.keyframe;
  return std::find_if(frames.begin(), frames.end(),
                      [&](const Keyframe& keyframe) { return keyframe.iteration > iteration; });
}

void set(RunConfig& config, const Keyframe& keyframe, std::size_t at) {
  for (const std::string& setting : settings_of(keyframe)) {
    if (!is_keyframe_key(key_of(setting)))
      throw configuration_error(keyframe_name(at) + ".set has '" + setting +
                                "', but a keyframe changes only what schedules are made from: "
                                "method (not its backup), sampler.noise_level, schedule.step");
    try {
      set_field(config, setting);
    } catch (const Error& error) {
      throw error.within(keyframe_name(at) + ".set");
    }
  }
  if (starts_shifts(keyframe) && !sets(keyframe, "method.shift_from"))
    config.method.shift_from = keyframe.iteration;
}

}  // namespace

std::string keyframe_name(std::size_t keyframe) {
  return "schedule.keyframe." + std::to_string(keyframe);
}

bool is_keyframe_key(std::string_view key) {
  return (key.starts_with("method.") && !key.starts_with("method.backup")) ||
         key == "sampler.noise_level" || key == "schedule.step" ||
         key.starts_with("schedule.step.");
}

RunConfig config_at(const RunConfig& config, int iteration) {
  RunConfig now = config;
  now.schedule.keyframe.clear();
  const auto end = first_after(config, iteration);
  for (auto frame = config.schedule.keyframe.begin(); frame != end; ++frame)
    set(now, *frame, static_cast<std::size_t>(frame - config.schedule.keyframe.begin()));
  return now;
}

std::optional<std::size_t> keyframe_at(const RunConfig& config, int iteration) {
  const auto after = first_after(config, iteration) - config.schedule.keyframe.begin();
  return after == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(after) - 1);
}

std::optional<std::size_t> keyframe_that_sets(const RunConfig& config, std::string_view key,
                                              int iteration) {
  for (auto frame = first_after(config, iteration); frame != config.schedule.keyframe.begin();)
    if (sets(*--frame, key))
      return static_cast<std::size_t>(frame - config.schedule.keyframe.begin());
  return std::nullopt;
}

KeyframeSpan span_at(const RunConfig& config, int iteration) {
  const Frames& frames = config.schedule.keyframe;
  const auto now = keyframe_at(config, iteration);
  const int first = now ? frames[*now].iteration : 0;
  const std::size_t next = now ? *now + 1 : 0;
  const int end = next < frames.size() ? frames[next].iteration : config.run.iterations;
  return {first, std::max(first + 1, end)};
}

std::vector<KeyframeSpan> keyframe_spans(const RunConfig& config) {
  std::vector<KeyframeSpan> spans = {span_at(config, 0)};
  for (const Keyframe& keyframe : config.schedule.keyframe)
    spans.push_back(span_at(config, keyframe.iteration));
  return spans;
}

std::string keyframe_text(const std::vector<std::string>& settings) {
  std::string text;
  for (std::string setting : settings) {
    std::erase(setting, ' ');
    text += (text.empty() ? "" : " ") + setting;
  }
  return text;
}

void check_keyframes(const RunConfig& config) {
  const Frames& frames = config.schedule.keyframe;
  for (std::size_t at = 0; at < frames.size(); ++at) {
    const int before = at == 0 ? 0 : frames[at - 1].iteration;
    if (frames[at].iteration <= before)
      throw configuration_error(keyframe_name(at) +
                                ".iteration = " + std::to_string(frames[at].iteration) +
                                " comes after " + std::to_string(before) +
                                "; keyframes stand in the order of their iterations, from 1 on");
    config_at(config, frames[at].iteration);
  }
}

}  // namespace treegrpo
