#include "bench/reference.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <c10/util/accumulate.h>

#include <nlohmann/json.hpp>

#include "bench/cases.h"
#include "scene/vocabulary.h"
#include "train/run_setup.h"
#include "tree/method.h"

namespace treegrpo::bench {
namespace {

using Json = nlohmann::ordered_json;

std::vector<float> numbers(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.detach().to(at::kFloat).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

Json tokens_of(const std::vector<std::string>& prompts) {
  Json rows = Json::array();
  for (const std::string& prompt : prompts) rows.push_back(tokenize(prompt));
  return rows;
}

}  // namespace

Json reference(const RunConfig& config, const std::filesystem::path& model) {
  const c10::NoGradGuard no_grad;
  const RunSetup setup = set_up_run({.model = model, .weights = {}}, config);
  Policy& policy = *setup.policy;
  const std::vector<std::string> prompts = {"a red circle", "a green square above a blue cross"};
  std::vector<std::int64_t> shape = policy.info().latent_shape;
  shape.insert(shape.begin(), 2);
  const at::Tensor latents =
      at::arange(c10::multiply_integers(shape)).mul(.37).sin().view(shape).to(at::kFloat);
  const at::Tensor sigma = at::tensor({.9F, .2F});
  const Conditioning rows = policy.encode(prompts).rows(at::arange(2));

  Json starts = Json::array();
  for (const Share& share : shares(config))
    starts.push_back({{"start", window_start_at(config, share.iteration)}, {"share", share.share}});
  return {{"reference",
           {{"latents", numbers(latents)},
            {"sigma", numbers(sigma)},
            {"tokens", tokens_of(prompts)},
            {"velocity", numbers(policy.predict(latents, sigma, rows, Weights::current))},
            {"image", numbers(policy.decode(latents, Quality::full))},
            {"prompts", tokens_of(setup.prompts.next(0, config.prompts.per_iteration))},
            {"starts", starts}}}};
}

}  // namespace treegrpo::bench
