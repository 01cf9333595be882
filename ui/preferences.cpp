#include "preferences.h"

#include <QSettings>
#include <QStandardPaths>
#include <algorithm>
#include <cmath>

namespace treegrpo {
namespace {

constexpr const char* motions[] = {"as_desktop", "full", "reduced"};  // as Motion

Motion motionNamed(const QString& name) {
  for (const Motion motion : {Motion::full, Motion::reduced})
    if (name == QLatin1String(motions[static_cast<int>(motion)])) return motion;
  return Motion::as_desktop;
}

constexpr double least_zoom = .8, most_zoom = 2;

}  // namespace

double zoomedBy(double zoom, int tenths) {
  return std::clamp((std::round(10 * zoom) + tenths) / 10, least_zoom, most_zoom);
}

bool movesLess(const Preferences& preferences) {
  if (preferences.motion != Motion::as_desktop) return preferences.motion == Motion::reduced;
  return desktopMovesLess(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
}

bool desktopMovesLess(const QString& folder) {
  const QSettings kde(folder + "/kdeglobals", QSettings::IniFormat);
  if (kde.value("KDE/AnimationDurationFactor", 1).toDouble() == 0) return true;
  for (const char* gtk : {"/gtk-4.0/settings.ini", "/gtk-3.0/settings.ini"}) {
    const QSettings settings(folder + QLatin1String(gtk), QSettings::IniFormat);
    if (!settings.value("Settings/gtk-enable-animations", true).toBool()) return true;
  }
  return false;
}

Preferences loadPreferences(ThemeKind theme) {
  const QSettings settings;
  const Preferences standard;
  Preferences read;
  read.theme = themeNamed(settings.value("looks/theme").toString().toStdString(), theme);
  read.zoom =
      std::clamp(settings.value("looks/zoom", standard.zoom).toDouble(), least_zoom, most_zoom);
  // Earlier versions had a box to tick instead.
  const bool ticked = settings.value("looks/reduced_motion", false).toBool();
  read.motion =
      motionNamed(settings.value("looks/motion", ticked ? "reduced" : QString()).toString());
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
  settings.remove("looks/reduced_motion");
  settings.setValue("looks/motion", QLatin1String(motions[static_cast<int>(preferences.motion)]));
  settings.setValue("run/threads", preferences.threads);
  settings.setValue("run/device", preferences.device);
  settings.setValue("run/image_budget_gb", preferences.image_budget_gb);
  settings.sync();
  return settings.status() == QSettings::NoError;
}

}  // namespace treegrpo
