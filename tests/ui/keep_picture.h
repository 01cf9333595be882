// For whoever wants to look: pictures of widgets into the folder that TREEGRPO_KEEP_VIEWS names.
#pragma once

#include <QDir>
#include <QWidget>

namespace treegrpo::test {

inline void keepPicture(QWidget& widget, const char* name) {
  const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_VIEWS");
  if (folder.isEmpty()) return;
  QDir().mkpath(folder);
  widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace treegrpo::test
