#include "canvas/axis_ticks.h"

#include <algorithm>
#include <cmath>

#include "canvas/number_text.h"

namespace treegrpo {
namespace {

constexpr double slack = 1e-9;  // of a step, for what arithmetic loses

double niceStep(double length, int ticks) {
  const double rough = length / std::max(1, ticks - 1);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double nice : {1., 2., 5.})
    if (rough <= nice * power * (1 + slack)) return nice * power;
  return 10 * power;
}

// Ends in order and apart, so that a step of them is above 0.
void spread(double& least, double& most) {
  if (least > most) std::swap(least, most);
  const double size = std::max(std::abs(least), std::abs(most));
  if (most - least > size * 1e-9 && most > least) return;
  const double room = size > 0 ? size / 10 : .5;
  least -= room;
  most += room;
}

}  // namespace

AxisScale niceScale(double least, double most, int ticks) {
  spread(least, most);
  const double step = niceStep(most - least, ticks);
  return {std::floor(least / step + slack) * step, std::ceil(most / step - slack) * step, step};
}

AxisScale tightScale(double least, double most, int ticks) {
  spread(least, most);
  return {least, most, niceStep(most - least, ticks)};
}

std::vector<double> ticksOf(const AxisScale& scale) {
  std::vector<double> ticks;
  const double first = std::ceil(scale.least / scale.step - slack);
  const double last = std::floor(scale.most / scale.step + slack);
  for (double at = first; at <= last && ticks.size() < 100; ++at) ticks.push_back(at * scale.step);
  return ticks;
}

std::string tickText(const AxisScale& scale, double value) {
  const double size = std::max(std::abs(scale.least), std::abs(scale.most));
  if (scale.step < .9e-4 || size >= 1e6)
    return shortText(std::abs(value) < scale.step / 2 ? 0 : value);
  const int decimals = static_cast<int>(std::ceil(-std::log10(scale.step) - slack));
  return fixedText(value, std::max(0, decimals));
}

}  // namespace treegrpo
