// `treegrpo sample`: pictures of a prompt, from a model file or from a run's checkpoint.
#include <fmt/format.h>

#include <cctype>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/open_workbench.h"
#include "image/codec.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string model;
  std::string run;
  std::string store;
  std::optional<std::int32_t> checkpoint;
  std::string prompt;
  int count = 1;
  std::optional<std::uint64_t> seed;
  std::string out;
};

void declare(CLI::App& command, Options& options) {
  CLI::Option* model = command.add_option("--model", options.model, "Model file (safetensors)");
  CLI::Option* run = command.add_option("--run", options.run, "Id or name of a run");
  run->excludes(model);
  command
      .add_option("--checkpoint", options.checkpoint,
                  "Checkpoint of the run: iterations done (default: the last)")
      ->needs(run);
  add_store_option(command, options.store);
  command.add_option("--prompt", options.prompt, "What to draw")->required();
  command.add_option("--count", options.count, "Pictures to make (default: 1)")
      ->check(CLI::Range(1, 4096));
  add_seed_option(command, options.seed, "Seed of their noise (default: 0)");
  command.add_option("--out", options.out, "Folder to write PNG files to")->required();
  command.footer(
      "Examples:\n"
      "  treegrpo sample --model resources/models/tiny.safetensors --prompt 'a red circle' --out "
      ".\n"
      "  treegrpo sample --run demo-1 --prompt 'three green triangles' --count 8 --out pictures");
}

SampleRequest request_of(const Options& options, Workbench& workbench) {
  SampleRequest request;
  request.prompts = {options.prompt};
  request.count = options.count;
  request.seed = options.seed.value_or(0);
  if (options.run.empty()) {
    request.model.model = options.model;
    return request;
  }
  const RunSummary run = workbench.find_run(options.run);
  const RunConfig config = workbench.config(run.run, run.iterations);
  request.model = workbench.model_of(run.run, options.checkpoint);
  request.steps = config.evaluation.steps;
  request.shift = config.sampler.shift;
  request.guidance_scale = config.model.guidance_scale;
  return request;
}

// "a red circle" → "a-red-circle".
std::string file_stem(const std::string& prompt) {
  std::string stem;
  for (const char letter : prompt.substr(0, 60))
    stem += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '-';
  return stem.empty() ? "picture" : stem;
}

int work(const Options& options) {
  if (options.model.empty() && options.run.empty())
    throw Error("sample needs --model FILE or --run RUN", ErrorKind::usage);
  Workbench workbench = open_workbench(options.store);
  const std::filesystem::path folder = options.out;
  const auto images = workbench.sample(request_of(options, workbench));
  create_folders(folder);
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto file = folder / fmt::format("{}-s{}-{}.png", file_stem(options.prompt),
                                           options.seed.value_or(0), i);
    write_png(file, images[i]);
    fmt::print("{}\n", file.string());
  }
  return exit_done;
}

}  // namespace

void add_sample(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "sample", "Draws a prompt with a model or a run's checkpoint",
                       declare, work);
}

}  // namespace treegrpo::cli
