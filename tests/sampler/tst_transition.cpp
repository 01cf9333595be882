// The golden table was worked from the published formulas in double, outside this code, at x = .5,
// v = -.3, sigma = .8, sigma' = .7, eps = .4.
#include <ATen/ATen.h>

#include <QtTest>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/error.h"
#include "sampler/transition.h"
#include "tree/sigmas.h"

using namespace treegrpo;

namespace {

struct Golden {
  StepKind kind;
  StepSigmas sigmas;
  double noise_level;
  double mean, std, next, log_prob;
};

// Of DDIM's row: abar = .5, abar' = .6, so sigma = sqrt(.5), sigma' = sqrt(.4).
const StepSigmas ddim_sigmas{std::sqrt(.5), std::sqrt(.4), .9};

at::Tensor scalar(double value) { return at::full({1, 1, 1, 1}, value, at::kFloat); }

// What SD3 steps through at 512 pixels.
std::vector<double> sd3_sigmas(int steps) {
  return sigma_table(SigmaRule::flow_match_euler, steps, 3);
}

// The standard deviation of samples at sigma 0, for data N(.6, .3²), when the first noisy_steps
// draw noise: every step is linear in x, so the variance follows in closed form.
double final_deviation(StepKind kind, const std::vector<double>& sigmas, double noise_level,
                       std::size_t noisy_steps) {
  double variance = 1;
  for (std::size_t step = 0; step + 1 < sigmas.size(); ++step) {
    const double sigma = sigmas[step];
    const StepSigmas s{sigma, sigmas[step + 1], sigmas[1]};
    // v = E[eps − x0 | x] = a x + b for Gaussian data.
    const double total = (1 - sigma) * (1 - sigma) * .09 + sigma * sigma;
    const double a = (sigma - (1 - sigma) * .09) / total;
    const double b = -.6 - a * (1 - sigma) * .6;
    const double level = step < noisy_steps ? noise_level : 0;
    const auto mean = [&](double x) {
      return transition(kind, scalar(a * x + b), scalar(x), s, level).mean.item<double>();
    };
    const double slope = mean(1) - mean(0);
    const double std = transition_std(kind, s, level);
    variance = slope * slope * variance + std * std;
  }
  return std::sqrt(variance);
}

// Of DDIM likewise, over even angles from sigma .999 to 0: v is the noise E[eps | x].
double final_deviation_of_ddim(int steps, double eta) {
  const double first = std::asin(.999);
  const auto sigma_at = [&](int k) {
    return k == steps ? 0 : std::sin(first * (1 - 1. * k / steps));
  };
  double variance = (1 - .999 * .999) * .09 + .999 * .999;
  for (int k = 0; k < steps; ++k) {
    const StepSigmas s{sigma_at(k), sigma_at(k + 1), sigma_at(1)};
    const double kept = 1 - s.sigma * s.sigma;
    const double on_x = s.sigma / (kept * .09 + s.sigma * s.sigma);
    const auto mean = [&](double x) {
      const double noise = on_x * (x - std::sqrt(kept) * .6);
      return transition(StepKind::ddim, scalar(noise), scalar(x), s, eta).mean.item<double>();
    };
    const double slope = mean(1) - mean(0);
    const double std = transition_std(StepKind::ddim, s, eta);
    variance = slope * slope * variance + std * std;
  }
  return std::sqrt(variance);
}

}  // namespace

class TestTransition : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void golden_table_data() {
    QTest::addColumn<int>("row");
    for (int row = 0; row < 6; ++row) QTest::addRow("row %d", row + 1) << row;
  }
  void golden_table() {
    const double sigma_t = .7 * std::sqrt(.8 / .2);
    const StepSigmas usual{.8, .7, .9};
    const Golden table[] = {
        {StepKind::flow_sde, usual, .7, .4761, .44271887, .65318755, -.18411822},
        {StepKind::flow_sde, {1, .96, .96}, .7, .3895, .7, .6695, -.64226359},
        {StepKind::dance_sde, usual, .3, .527525, .09486833, .56547233, 1.35632682},
        {StepKind::dance_sde, usual, sigma_t, .4761, .44271887, .65318755, -.18411822},
        {StepKind::cps, usual, .8, .31717723, .66573956, .58347306, -.07091347},
        {StepKind::ddim, ddim_sigmas, 1, .62518222, .36514837, .77124157, .00851298},
    };
    QFETCH(int, row);
    const Golden& g = table[row];
    const Transition step = transition(g.kind, scalar(-.3), scalar(.5), g.sigmas, g.noise_level);
    const at::Tensor x = next(step, scalar(.4));
    const auto near = [](double a, double b) { return std::abs(a - b) < 2e-6; };
    QVERIFY2(near(step.mean.item<double>(), g.mean),
             qPrintable(QString::number(step.mean.item<double>(), 'g', 9)));
    QVERIFY2(near(step.std, g.std), qPrintable(QString::number(step.std, 'g', 9)));
    QVERIFY(near(x.item<double>(), g.next));
    QVERIFY(near(log_prob(g.kind, x, step.mean, step.std).item<double>(), g.log_prob));

    // The numbers a kernel gets, before anything is rounded to fp32.
    const AffineStep affine = affine_step(g.kind, g.sigmas, g.noise_level);
    const double square = std::pow(.4 * affine.std, 2);
    const auto nearer = [](double a, double b) { return std::abs(a - b) < 1e-8; };
    QVERIFY(nearer(affine.on_x * .5 + affine.on_prediction * -.3, g.mean));
    QVERIFY(nearer(affine.std, g.std));
    QVERIFY(nearer(affine.on_square * square + affine.log_constant, g.log_prob));
  }

  void without_noise_every_flow_kind_is_the_euler_step() {
    const std::vector<double> sigmas = sd3_sigmas(10);
    for (const StepKind kind :
         {StepKind::ode, StepKind::flow_sde, StepKind::dance_sde, StepKind::cps})
      for (std::size_t k = 0; k < 10; ++k) {
        const StepSigmas s{sigmas[k], sigmas[k + 1], sigmas[1]};
        const Transition step = transition(kind, scalar(-.3), scalar(.5), s, 0);
        const double euler = .5 + (s.sigma_next - s.sigma) * -.3;
        QVERIFY(std::abs(step.mean.item<double>() - euler) < 1e-6);
        QCOMPARE(step.std, 0.);
      }
  }

  // What "coefficients-preserving" says: the next latent is (1 − σ') x0 + a x1 + std·noise with
  // a² + std² = σ'², whatever the noise level.
  void cps_keeps_the_coefficients_of_picture_and_noise() {
    const double x0 = .7, x1 = -.4, sigma = .8, sigma_next = .55;
    for (const double level : {0., .3, .8, 1.}) {
      const Transition step =
          transition(StepKind::cps, scalar(x1 - x0), scalar((1 - sigma) * x0 + sigma * x1),
                     {sigma, sigma_next, .9}, level);
      const double on_x1 = (step.mean.item<double>() - (1 - sigma_next) * x0) / x1;
      QVERIFY(std::abs(on_x1 * on_x1 + step.std * step.std - sigma_next * sigma_next) < 1e-6);
    }
    QCOMPARE(transition_std(StepKind::cps, {.8, .55, .9}, 1), .55);  // all noise is fresh
  }

  void ddim_without_noise_keeps_the_predicted_picture() {
    // x0 from (x, eps) before and after the step is the same.
    const StepSigmas s{.8, .5, .9};
    const double x = .5, eps = -.3;
    const double after =
        transition(StepKind::ddim, scalar(eps), scalar(x), s, 0).mean.item<double>();
    const double before_x0 = (x - .8 * eps) / .6;
    const double after_x0 = (after - .5 * eps) / std::sqrt(.75);
    QVERIFY(std::abs(before_x0 - after_x0) < 1e-6);
  }

  void step_constants_at_shift_one() {
    // a = .7, T = 10.
    const double std[] = {.700, .664, .443, .338, .271, .221, .181, .145, .111};
    const double gain[] = {.143, .187, .281, .368, .459, .562, .689, .859, 1.125};
    for (int k = 0; k < 9; ++k) {
      const StepSigmas s{1 - k / 10., 1 - (k + 1) / 10., .9};
      QVERIFY(std::abs(transition_std(StepKind::flow_sde, s, .7) - std[k]) < 6e-4);
      QVERIFY(std::abs(transition_gain(StepKind::flow_sde, s, .7) - gain[k]) < 6e-4);
    }
  }

  // SD3's sigmas, shift 3, T = 10: std and gain of Flow a = .7, Dance eta = .3 and CPS a = .7.
  // Worked from the formulas outside this code; CPS has no noise in the last step.
  void step_constants_of_sd3() {
    struct Row {
      double flow_std, flow_gain, dance_std, dance_gain, cps_std, cps_gain;
    };
    const Row table[] = {
        {.700, .057, .060, .67, .855, .047},    {.743, .078, .065, .72, .814, .082},
        {.536, .129, .071, .79, .764, .126},    {.446, .188, .078, .87, .704, .183},
        {.392, .264, .086, .97, .630, .260},    {.353, .371, .097, 1.10, .537, .375},
        {.319, .536, .111, 1.27, .414, .575},   {.282, .825, .130, 1.52, .248, 1.082},
        {.225, 1.487, .156, 1.93, .008, 34.27}, {.006, 1.771, .028, 1.89, 0, 0},
    };
    const std::vector<double> sigmas = sd3_sigmas(10);
    const auto holds = [](StepKind kind, const StepSigmas& s, double level, double std,
                          double gain) {
      return std::abs(transition_std(kind, s, level) - std) < 6e-4 &&
             std::abs(transition_gain(kind, s, level) / gain - 1) < .012;
    };
    for (std::size_t k = 0; k < 10; ++k) {
      const Row& row = table[k];
      const StepSigmas s{sigmas[k], sigmas[k + 1], sigmas[1]};
      QVERIFY(holds(StepKind::flow_sde, s, .7, row.flow_std, row.flow_gain));
      QVERIFY(holds(StepKind::dance_sde, s, .3, row.dance_std, row.dance_gain));
      if (k < 9) QVERIFY(holds(StepKind::cps, s, .7, row.cps_std, row.cps_gain));
    }
    QCOMPARE(transition_std(StepKind::cps, {sigmas[9], 0, sigmas[1]}, .7), 0.);
    QVERIFY(std::abs(transition_std(StepKind::flow_sde, {1, sigmas[1], sigmas[1]}, .7) - .7) <
            1e-12);  // the first step's is a itself
  }

  void marginals_of_a_gaussian() {
    // Worked in double outside this code. The last step draws no noise, as everywhere here.
    const auto near = [](double a, double b) { return std::abs(a - b) < 6e-4; };
    const std::vector<double> ten = sd3_sigmas(10), many = sd3_sigmas(400);
    QVERIFY(near(final_deviation(StepKind::ode, ten, 0, 0), .179));
    QVERIFY(near(final_deviation(StepKind::flow_sde, ten, .7, 9), .264));
    QVERIFY(near(final_deviation(StepKind::dance_sde, ten, .3, 9), .218));
    QVERIFY(near(final_deviation(StepKind::cps, ten, .7, 9), .164));
    QVERIFY(near(final_deviation(StepKind::flow_sde, ten, .7, 3), .193));
    QVERIFY(near(final_deviation(StepKind::cps, ten, .7, 3), .179));
    // Flow and Dance keep the marginal in the limit; CPS keeps coefficients, not marginals.
    QVERIFY(near(final_deviation(StepKind::ode, many, 0, 0), .297));
    QVERIFY(near(final_deviation(StepKind::flow_sde, many, .7, 399), .298));
    QVERIFY(near(final_deviation(StepKind::dance_sde, many, .3, 399), .297));
    QVERIFY(near(final_deviation(StepKind::cps, many, .7, 399), .250));
  }

  // DDIM keeps the marginal in the limit with and without noise; T = 10 worked outside this code.
  void marginals_of_ddim() {
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-4; };
    QVERIFY(near(final_deviation_of_ddim(10, 0), .24044));
    QVERIFY(near(final_deviation_of_ddim(10, .5), .23615));
    QVERIFY(near(final_deviation_of_ddim(10, 1), .21643));
    for (const double eta : {0., .5, 1.})
      QVERIFY(std::abs(final_deviation_of_ddim(400, eta) - .3) < .005);
  }

  void with_eta_sigma_t_dance_is_flow_at_every_step() {
    const std::vector<double> sigmas = sd3_sigmas(10);
    for (std::size_t k = 0; k < 9; ++k) {
      const StepSigmas s{sigmas[k], sigmas[k + 1], sigmas[1]};
      const double eta = .7 * std::sqrt(s.sigma / (1 - (k == 0 ? sigmas[1] : s.sigma)));
      const auto flow = transition(StepKind::flow_sde, scalar(-.3), scalar(.5), s, .7);
      const auto dance = transition(StepKind::dance_sde, scalar(-.3), scalar(.5), s, eta);
      QVERIFY(std::abs(flow.std - dance.std) < 1e-12);
      QVERIFY(std::abs((flow.mean - dance.mean).item<double>()) < 1e-6);
    }
  }

  void log_prob_is_the_mean_over_dimensions_of_the_density() {
    const at::Tensor mean = at::linspace(-1, 1, 24, at::kFloat).view({2, 3, 2, 2});
    const at::Tensor x = mean + at::linspace(.5, -.2, 24, at::kFloat).view({2, 3, 2, 2});
    const double std = .37;
    const at::Tensor got = log_prob(StepKind::flow_sde, x, mean, std);
    const auto d = (x - mean).to(at::kDouble);
    const at::Tensor want =
        (-d * d / (2 * std * std) - std::log(std) - .5 * std::log(2 * std::numbers::pi))
            .flatten(1)
            .mean(1);
    QVERIFY((got - want).abs().max().item<double>() < 1e-6);
  }

  void gradient_reaches_the_mean_and_not_the_next_latent() {
    const at::Tensor mean = scalar(.2).requires_grad_(true);
    const at::Tensor x = scalar(.5).requires_grad_(true);
    log_prob(StepKind::flow_sde, x, mean, .4).sum().backward();
    QVERIFY(std::abs(mean.grad().item<double>() - .3 / .16) < 1e-5);
    QVERIFY(!x.grad().defined());
  }

  void kl_uses_the_std_of_the_step() {
    QVERIFY(std::abs(transition_kl(scalar(.5), scalar(.2), .3).item<double>() - .5) < 1e-6);
  }

  void unknown_kind_is_a_configuration_error() {
    try {
      step_kind_from_name("euler");
      QFAIL("accepted");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::configuration);
      QVERIFY(QString(error.what()).contains("euler"));
    }
  }
};

QTEST_GUILESS_MAIN(TestTransition)
#include "tst_transition.moc"
