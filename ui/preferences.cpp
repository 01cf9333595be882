#include "preferences.h"

#include <QSettings>
#include <algorithm>
#include <cmath>

namespace treegrpo {
namespace {

constexpr double least_zoom = .8, most_zoom = 2;

}  // namespace

double zoomedBy(double zoom, int tenths) {
  return std::clamp((std::round(10 * zoom) + tenths) / 10, least_zoom, most_zoom);
}

Preferences loadPreferences(ThemeKind theme) {
  const QSettings settings;
  const Preferences standard;
  Preferences read;
  read.theme = themeNamed(settings.value("looks/theme").toString().toStdString(), theme);
  read.zoom =
      std::clamp(settings.value("looks/zoom", standard.zoom).toDouble(), least_zoom, most_zoom);
  read.reduced_motion = settings.value("looks/reduced_motion", false).toBool();
  read.threads = std::clamp(settings.value("run/threads", 0).toInt(), 0, 1024);
  const QString device = settings.value("run/device", standard.device).toString();
  if (device == QLatin1String("cpu") || device == QLatin1String("cuda")) read.device = device;
  read.image_budget_gb = std::max(0., settings.value("run/image_budget_gb", 0).toDouble());
  return read;
}

bool savePreferences(const Preferences& preferences) {
  QSettings settings;
  settings.setValue("looks/theme", QLatin1String(themeName(preferences.theme).data()));
  settings.setValue("looks/zoom", preferences.zoom);
  settings.setValue("looks/reduced_motion", preferences.reduced_motion);
  settings.setValue("run/threads", preferences.threads);
  settings.setValue("run/device", preferences.device);
  settings.setValue("run/image_budget_gb", preferences.image_budget_gb);
  settings.sync();
  return settings.status() == QSettings::NoError;
}

}  // namespace treegrpo
