#include "sampler/transition.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/error.h"

namespace treegrpo {
namespace {

// mean = on_x·x + on_prediction·prediction.
struct Coefficients {
  double on_x = 1;
  double on_prediction = 0;
};

// sigma~ of Flow-GRPO eq. 9: where sigma is 1 the first sigma below it stands in.
double below_one(const StepSigmas& s) { return s.sigma < 1 ? s.sigma : s.first_sigma; }

// sigma_t of the SDE dx = [v + sigma_t²/(2σ)(x + (1−σ)v)]dt + sigma_t dw.
double diffusion(StepKind kind, const StepSigmas& s, double noise_level) {
  if (kind == StepKind::dance_sde) return noise_level;  // DanceGRPO: eta, constant
  return noise_level * std::sqrt(s.sigma / (1 - below_one(s)));
}

Coefficients euler_maruyama(StepKind kind, const StepSigmas& s, double noise_level) {
  const double dt = s.sigma_next - s.sigma;
  if (noise_level == 0) return {1, dt};
  // mean = x(1 + σ_t²/(2σ) dt) + v(1 + σ_t²(1−σ)/(2σ)) dt
  const double drift = std::pow(diffusion(kind, s, noise_level), 2) / (2 * s.sigma);
  return {1 + drift * dt, (1 + drift * (1 - s.sigma)) * dt};
}

// CPS: x0 = x − σv, x1 = x + (1−σ)v, mean = (1−σ')x0 + √(σ'² − std²)x1.
Coefficients coefficients_preserving(const StepSigmas& s, double std) {
  const double on_x0 = 1 - s.sigma_next;
  const double on_x1 = std::sqrt(std::max(0., s.sigma_next * s.sigma_next - std * std));
  return {on_x0 + on_x1, on_x1 * (1 - s.sigma) - on_x0 * s.sigma};
}

double alpha_bar(double sigma) { return 1 - sigma * sigma; }

// DDIM: x0 = (x − √(1−ᾱ) ε)/√ᾱ, mean = √ᾱ' x0 + √(1−ᾱ'−std²) ε.
Coefficients ddim(const StepSigmas& s, double std) {
  assert(s.sigma < 1);
  const double ratio = std::sqrt(alpha_bar(s.sigma_next) / alpha_bar(s.sigma));
  const double direction = std::sqrt(std::max(0., s.sigma_next * s.sigma_next - std * std));
  return {ratio, direction - ratio * s.sigma};
}

Coefficients coefficients(StepKind kind, const StepSigmas& s, double noise_level, double std) {
  switch (kind) {
    case StepKind::cps:
      return coefficients_preserving(s, std);
    case StepKind::ddim:
      return ddim(s, std);
    case StepKind::flow_sde:
    case StepKind::dance_sde:
      return euler_maruyama(kind, s, noise_level);
    case StepKind::ode:
      return euler_maruyama(kind, s, 0);
  }
  return {};
}

// log p = on_square·MEAN((x'−mean)²) + constant.
struct Density {
  double on_square = 0;
  double constant = 0;
};

// −(x'−mean)²/(2 std²) − log std − ½ log 2π; CPS as its code has it drops all but the square.
Density density(StepKind kind, double std) {
  if (kind == StepKind::cps) return {-1, 0};
  return {-1 / (2 * std * std), -(std::log(std) + .5 * std::log(2 * std::numbers::pi))};
}

}  // namespace

StepKind step_kind_from_name(const std::string& name) {
  constexpr std::array<std::pair<const char*, StepKind>, 5> kinds = {{
      {"flow_sde", StepKind::flow_sde},
      {"dance_sde", StepKind::dance_sde},
      {"cps", StepKind::cps},
      {"ddim", StepKind::ddim},
      {"ode", StepKind::ode},
  }};
  for (const auto& [known, kind] : kinds)
    if (name == known) return kind;
  throw configuration_error("sampler.kind = '" + name +
                            "' is unknown: flow_sde, dance_sde, cps, ddim or ode");
}

double transition_std(StepKind kind, const StepSigmas& s, double noise_level) {
  if (noise_level == 0) return 0;
  switch (kind) {
    case StepKind::flow_sde:
    case StepKind::dance_sde:
      return diffusion(kind, s, noise_level) * std::sqrt(s.sigma - s.sigma_next);
    case StepKind::cps:
      return s.sigma_next * std::sin(noise_level * std::numbers::pi / 2);
    case StepKind::ddim: {
      // s = η √((1−ᾱ')/(1−ᾱ)) √(1 − ᾱ/ᾱ')
      const double abar = alpha_bar(s.sigma);
      const double abar_next = alpha_bar(s.sigma_next);
      return noise_level * s.sigma_next / s.sigma * std::sqrt(1 - abar / abar_next);
    }
    case StepKind::ode:
      return 0;
  }
  return 0;
}

AffineStep affine_step(StepKind kind, const StepSigmas& s, double noise_level) {
  const double std = transition_std(kind, s, noise_level);
  const Coefficients mean = coefficients(kind, s, noise_level, std);
  const Density log_prob = std > 0 ? density(kind, std) : Density{};
  return {.on_x = mean.on_x,
          .on_prediction = mean.on_prediction,
          .std = std,
          .on_square = log_prob.on_square,
          .log_constant = log_prob.constant};
}

double transition_gain(StepKind kind, const StepSigmas& s, double noise_level) {
  const AffineStep step = affine_step(kind, s, noise_level);
  assert(step.std > 0);
  return std::abs(step.on_prediction) / step.std;
}

Transition transition(StepKind kind, const at::Tensor& prediction, const at::Tensor& x,
                      const StepSigmas& sigmas, double noise_level) {
  const AffineStep step = affine_step(kind, sigmas, noise_level);
  return {.mean = x.to(at::kFloat) * step.on_x + prediction.to(at::kFloat) * step.on_prediction,
          .std = step.std};
}

at::Tensor next(const Transition& step, const at::Tensor& noise) {
  return step.mean + noise * step.std;
}

at::Tensor log_prob(StepKind kind, const at::Tensor& next_latent, const at::Tensor& mean,
                    double std) {
  assert(std > 0);
  const at::Tensor square = (next_latent.detach() - mean).square().flatten(1).mean(1);
  const Density there = density(kind, std);
  return square * there.on_square + there.constant;
}

at::Tensor transition_kl(const at::Tensor& mean, const at::Tensor& other, double std) {
  assert(std > 0);
  return (mean - other).square().flatten(1).mean(1) / (2 * std * std);
}

}  // namespace treegrpo
