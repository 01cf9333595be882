#include "views/run_status.h"

#include <QLabel>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <string_view>

#include "style/studio_style.h"
#include "views/elided_label.h"

namespace treegrpo {
namespace {

constexpr std::size_t rate_iterations = 20;  // iterations that a rate is taken over

double quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

QString durationText(double seconds) {
  if (seconds < 90) return QStringLiteral("%1 s").arg(std::lround(seconds));
  if (seconds < 5400) return QStringLiteral("%1 min").arg(std::lround(seconds / 60));
  return QStringLiteral("%1 h").arg(seconds / 3600, 0, 'f', 1);
}

}  // namespace

QString timeLeft(const std::vector<double>& seconds, std::int32_t iterations) {
  if (seconds.empty() || iterations <= 0) return {};
  const double left = quantile(seconds, .5) * iterations;
  const double spread = (quantile(seconds, .9) - quantile(seconds, .1)) / 2 * iterations;
  QString text = QObject::tr("%1 left").arg(durationText(left));
  if (seconds.size() >= 5 && spread >= 1)
    text += QStringLiteral(" (±%1)").arg(durationText(spread));
  return text;
}

QString byteText(std::int64_t bytes) {
  return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

RunStatusBar::RunStatusBar(QWidget* parent) : QStatusBar(parent) {
  const auto add = [this](const char* name, const QString& tooltip, bool permanent) {
    auto* label = new QLabel(this);
    label->setObjectName(QLatin1String(name));
    label->setToolTip(tooltip);
    if (permanent)
      addPermanentWidget(label);
    else
      addWidget(label);
    return label;
  };
  state_ = new ElidedLabel(this);
  state_->setObjectName("status_state");
  addWidget(state_);
  progress_ = add("status_progress", tr("Iterations done, of those planned"), false);
  rate_ = add("status_rate",
              tr("Median seconds of the last 20 iterations, and latents predicted while sampling "
                 "(NFE) a second, guidance not counted"),
              false);
  left_ = add("status_left",
              tr("At the pace of the last 20 iterations; ± half of what lies "
                 "between their fastest and slowest tenth"),
              false);
  memory_ = add("status_memory", tr("Most memory the process has had"), true);
  store_ = add("status_store", tr("Size of the workspace file"), true);
  machine_ = add("status_machine", tr("Model, device and threads of the run"), true);
  tell();
}

void RunStatusBar::setState(RunState state) {
  run_state_ = state;
  tell();
}

void RunStatusBar::setFollowed(const QString& words, bool late) {
  if (words == followed_ && late == late_) return;
  followed_ = words;
  late_ = late;
  tell();
}

void RunStatusBar::setPlan(std::int32_t iterations) {
  planned_ = iterations;
  tell();
}

void RunStatusBar::forgetIterations() {
  seconds_.clear();
  done_ = 0;
  last_nfe_ = 0;
  tell();
}

void RunStatusBar::addIteration(const IterationRecord& record) {
  done_ = record.iteration + 1;
  last_nfe_ = record.nfe;
  peak_bytes_ = record.peak_bytes;
  seconds_.push_back(record.seconds.total);
  if (seconds_.size() > rate_iterations) seconds_.erase(seconds_.begin());
  tell();
}

void RunStatusBar::setMachine(const QString& text) { machine_->setText(text); }

void RunStatusBar::setStoreBytes(std::int64_t bytes) {
  store_->setText(tr("store %1").arg(byteText(bytes)));
}

void RunStatusBar::tell() {
  const std::string_view name = nameOf(run_state_);
  const QString own = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
  const QString words = followed_.isEmpty() ? own : followed_;
  state_->setWholeText(QStringLiteral("● ") + words);
  state_->setToolTip(words + tr("\nWhat the run of this window does, or the one that it follows. "
                                "Heartbeat: when its process last stored a sign of life"));
  setLook(*state_, "tone", late_ ? "warning" : run_state_ == RunState::running ? "live" : "");
  progress_->setText(planned_ > 0 ? tr("iteration %1 of %2").arg(done_).arg(planned_)
                                  : tr("no run yet"));
  if (seconds_.empty()) {
    rate_->clear();
    left_->clear();
    return;
  }
  const double second = quantile(seconds_, .5);
  rate_->setText(tr("%1 s an iteration · %2 NFE/s")
                     .arg(second, 0, 'f', 2)
                     .arg(std::lround(static_cast<double>(last_nfe_) / second)));
  left_->setText(run_state_ == RunState::running ? timeLeft(seconds_, planned_ - done_)
                                                 : QString());
  memory_->setText(tr("RAM %1").arg(byteText(peak_bytes_)));
}

}  // namespace treegrpo
