// What lists say of a run: its status, its tags, when something of it was stored.
#pragma once

#include <QDateTime>
#include <QIcon>
#include <QString>

#include "style/theme.h"
#include "workbench/workbench.h"

namespace treegrpo {

// "Finished", "Failed: the loss is not a number".
QString statusWords(const RunSummary& run);
QIcon statusIcon(RunStatus status, const Theme& theme);

// "paper, seed-1".
QString tagsOf(const RunSummary& run);

// Of a UTC time as ISO 8601, by this machine's clock.
QDateTime localTime(const std::string& utc);
// As short as says which: the time of a day that is today, else the day.
QString shortTime(const std::string& utc);

}  // namespace treegrpo
