#include "models/run_words.h"

#include <QLocale>
#include <QStringList>

#include "style/icons.h"

namespace treegrpo {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

}  // namespace

QString statusWords(const RunSummary& run) {
  QString words = text(run_status_name(run.status));
  words[0] = words[0].toUpper();
  return run.failure.empty() ? words : words + ": " + text(run.failure);
}

QIcon statusIcon(RunStatus status, const Theme& theme) {
  switch (status) {
    case RunStatus::preparing:
      return icon("more", theme);
    case RunStatus::running:
      return icon("run", theme.live, theme.disabled);
    case RunStatus::paused:
      return icon("pause", theme);
    case RunStatus::finished:
      return icon("check", theme);
    case RunStatus::stopped:
      return icon("stop", theme);
    case RunStatus::failed:
      return icon("nan", theme.error, theme.disabled);
    case RunStatus::interrupted:
      return icon("warn", theme.warning, theme.disabled);
  }
  return {};
}

QString tagsOf(const RunSummary& run) {
  QStringList tags;
  for (const std::string& tag : run.tags) tags.append(text(tag));
  return tags.join(", ");
}

QDateTime localTime(const std::string& utc) {
  QDateTime time = QDateTime::fromString(text(utc), Qt::ISODate);
  time.setTimeSpec(Qt::UTC);
  return time.toLocalTime();
}

QString shortTime(const std::string& utc) {
  const QDateTime time = localTime(utc);
  if (!time.isValid()) return "–";
  const QDate today = QDate::currentDate();
  if (time.date() == today) return time.toString("HH:mm");
  return QLocale::c().toString(time.date(),
                               time.date().year() == today.year() ? "d MMM" : "yyyy-MM-dd");
}

}  // namespace treegrpo
