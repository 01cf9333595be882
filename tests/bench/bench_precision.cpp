// What run.precision = bf16 costs and saves on this machine: the bundled model's network in both
// precisions, without gradient and with, as JSON on stdout.
//
//   OMP_WAIT_POLICY=PASSIVE bench_precision [--threads N] [--repeats N]
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "bench/blas_check.h"
#include "bench/statistics.h"
#include "policy/catalog.h"

namespace {

using namespace treegrpo;
using Json = nlohmann::ordered_json;

struct Timings {
  std::vector<double> predicted, trained;  // seconds
};

void measure(Policy& policy, const at::Tensor& latents, Timings& timings) {
  const std::int64_t rows = latents.size(0);
  const std::vector<std::string> captions = {"a circle", "a green circle and a red square"};
  const Conditioning conditioning = policy.encode(captions).rows(at::arange(rows) % 2);
  const at::Tensor sigma = at::full({rows}, .5);
  const auto predict = [&] {
    return policy.predict(latents, sigma, conditioning, Weights::current);
  };
  {
    const c10::NoGradGuard no_grad;
    const double start = monotonic_seconds();
    predict();
    timings.predicted.push_back(monotonic_seconds() - start);
  }
  const double start = monotonic_seconds();
  predict().square().mean().backward();
  timings.trained.push_back(monotonic_seconds() - start);
  for (const NamedTensor& each : policy.parameters(Weights::current))
    at::Tensor(each.tensor).mutable_grad() = at::Tensor();
}

double milliseconds(std::vector<double> seconds) {
  seconds.erase(seconds.begin());  // the first call makes plans
  return 1e3 * bench::median(std::move(seconds));
}

void run(int threads, int repeats) {
  at::set_num_threads(threads);
  bench::check_blas();
  std::map<std::string, std::unique_ptr<Policy>> policies;
  for (const char* name : {"fp32", "bf16"})
    policies[name] = open_policy(
        {.model = TREEGRPO_SOURCE_DIR "/resources/models/tiny.safetensors", .weights = {}},
        at::kCPU, precision_from_name(name));
  for (const std::int64_t rows : {8, 24, 72, 104, 216}) {
    std::vector<std::int64_t> shape = policies["fp32"]->info().latent_shape;
    shape.insert(shape.begin(), rows);
    const at::Tensor latents = at::randn(shape);
    std::map<std::string, Timings> timings;
    for (int repeat = 0; repeat <= repeats; ++repeat)
      for (const auto& [name, policy] : policies) measure(*policy, latents, timings[name]);
    Json line = {{"threads", threads}, {"rows", rows}};
    for (const auto& [name, times] : timings)
      line[name] = {{"predict_ms", milliseconds(times.predicted)},
                    {"train_ms", milliseconds(times.trained)}};
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app("Times the bundled model's network in fp32 and bf16");
  int threads = 1, repeats = 15;
  app.add_option("--threads", threads, "Compute threads");
  app.add_option("--repeats", repeats, "Of each measurement")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, count, arguments);
  try {
    run(threads, repeats);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_precision: %s\n", error.what());
    return 1;
  }
  return 0;
}
