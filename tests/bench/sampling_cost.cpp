#include "bench/sampling_cost.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "bench/statistics.h"
#include "rollout/grow.h"
#include "train/run_setup.h"
#include "tree/method.h"
#include "tree/sigmas.h"

namespace treegrpo::bench {
namespace {

using Json = nlohmann::ordered_json;

double seconds_of(const std::function<void()>& work) {
  const double start = monotonic_seconds();
  work();
  return monotonic_seconds() - start;
}

GrowRequest request_of(const RunConfig& config, const RunSetup& setup, std::int32_t iteration,
                       const std::vector<std::string>& prompts, const Conditioning& conditioning) {
  return {.prompts = prompts,
          .conditioning = &conditioning,
          .schedule = schedule_at(config, iteration),
          .sigmas = sigma_table(setup.policy->info().sigma_rule, config.sampler.steps,
                                config.sampler.shift),
          .kind = step_kind_from_name(config.sampler.kind),
          .seed = config.run.seed,
          .iteration = static_cast<std::uint32_t>(iteration),
          .watched = {}};
}

// The network's calls of one growth, and nothing else: as many rows a call, of the same prompts.
class BareForward {
 public:
  BareForward(Policy& policy, const GrowRequest& request) : policy_(policy) {
    std::int64_t each = request.schedule.roots;
    for (std::size_t step = 0; step < request.schedule.steps.size(); ++step) {
      const auto prompts = static_cast<std::int64_t>(request.prompts.size());
      std::vector<std::int64_t> shape = policy.info().latent_shape;
      shape.insert(shape.begin(), prompts * each);
      const at::Tensor rows = at::arange(prompts).repeat_interleave(each);
      calls_.push_back({.latents = at::randn(shape),
                        .sigma = at::full({prompts * each}, request.sigmas[step]).to(at::kFloat),
                        .conditioning = request.conditioning->rows(rows)});
      each *= request.schedule.steps[step].branch;
    }
  }

  void operator()() const {
    const c10::NoGradGuard no_grad;
    for (const Call& call : calls_)
      policy_.predict(call.latents, call.sigma, call.conditioning, Weights::current);
  }

 private:
  struct Call {
    at::Tensor latents, sigma;
    Conditioning conditioning;
  };
  Policy& policy_;
  std::vector<Call> calls_;
};

Json sampling_cost(const Case& each, const std::filesystem::path& model, int rounds) {
  const RunSetup setup = set_up_run({.model = model, .weights = {}}, each.config);
  double sampling = 0, forward = 0;
  for (const Share& part : shares(each.config)) {
    const auto prompts = setup.prompts.next(part.iteration, each.config.prompts.per_iteration);
    const Conditioning conditioning = setup.policy->encode(prompts);
    const GrowRequest request =
        request_of(each.config, setup, part.iteration, prompts, conditioning);
    const BareForward bare(*setup.policy, request);
    const auto sample = [&] { grow(*setup.policy, request); };
    bare();
    sample();
    std::vector<double> sampling_seconds, forward_seconds;
    for (int round = 0; round < rounds; ++round) {
      forward_seconds.push_back(seconds_of(bare));
      sampling_seconds.push_back(seconds_of(sample));
    }
    sampling += part.share * median(sampling_seconds);
    forward += part.share * median(forward_seconds);
  }
  return {{"name", each.name},
          {"sampling_seconds", sampling},
          {"forward_seconds", forward},
          {"ratio", sampling / forward}};
}

}  // namespace

Json sampling_costs(std::span<const Case> cases, const std::filesystem::path& model, int rounds) {
  Json all = Json::array();
  for (const Case& each : cases) {
    std::fprintf(stderr, "sampling: %s\n", each.name.c_str());
    all.push_back(sampling_cost(each, model, rounds));
  }
  return {{"rounds", rounds}, {"sampling", all}};
}

}  // namespace treegrpo::bench
