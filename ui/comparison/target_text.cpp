#include "comparison/target_text.h"

#include <QStringList>
#include <cmath>

#include "canvas/axis_unit.h"
#include "canvas/number_text.h"

namespace treegrpo {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString runs(const ComparedGroup& group) { return QString("(n = %1)").arg(group.measured.size()); }

// Three digits: "312", "41.5", "0.70".
QString number(double value) {
  return text(fixedText(value, value >= 100 ? 0 : value >= 10 ? 1 : 2));
}

// "12.3 thousand NFE", "iteration 40".
QString place(double x, XAxis axis) {
  const AxisUnit unit = axisUnit(axis, x);
  if (axis == XAxis::iteration) return "iteration " + text(fixedText(x, 0));
  return number(x / unit.per) + " " + unit.name;
}

QString reached(const ComparedGroup& group, const ComparisonOptions& options) {
  const QString value = QString::number(options.target->value);
  if (std::isnan(group.reached))
    return text(group.letter) + " has no " + text(options.metric) + ".";
  if (std::isinf(group.reached))
    return QString("%1 does not reach %2 %3.").arg(text(group.letter), value, runs(group));
  return QString("%1 reaches %2 after %3 %4.")
      .arg(text(group.letter), value, place(group.reached, options.axis), runs(group));
}

// "2.1", "never" for the end of an interval that no run reached.
QString end(double ratio) { return std::isinf(ratio) ? "never" : number(ratio); }

// "That is 2.6 × sooner than A, 95 % interval 2.1 to 3.2." Nothing where one never gets there.
QString sooner(const ComparedGroup& group, const ComparedGroup& first) {
  const TargetRatio& ratio = group.sooner;
  if (!std::isfinite(ratio.ratio) || ratio.ratio == 0) return {};
  QString words =
      QString(" That is %1 × sooner than %2").arg(number(ratio.ratio), text(first.letter));
  if (!std::isnan(ratio.interval.low))
    words +=
        QString(", 95 % interval %1 to %2").arg(end(ratio.interval.low), end(ratio.interval.high));
  return words + ".";
}

}  // namespace

QString targetText(const Comparison& comparison, const ComparisonOptions& options) {
  if (!options.target) return {};
  QStringList sentences;
  for (std::size_t i = 0; i < comparison.groups.size(); ++i) {
    const ComparedGroup& group = comparison.groups[i];
    sentences << reached(group, options) +
                     (i > 0 ? sooner(group, comparison.groups.front()) : QString());
  }
  return sentences.join(" ");
}

}  // namespace treegrpo
