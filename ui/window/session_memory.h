// What was looked at in a workspace when its window closed, kept in the settings for the next time.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "focus.h"

namespace treegrpo {

struct SessionMemory {
  Place place;
  FocusMarks marks;
};

// Of one workspace, named by its absolute file; only the last ones used are remembered.
void rememberSession(const QString& store, const SessionMemory& memory);
// What was remembered of it; none: nothing.
std::optional<SessionMemory> rememberedSession(const QString& store);

// The files of other workspaces that the run library lists beside one.
void rememberListed(const QString& store, const QStringList& files);
QStringList rememberedListed(const QString& store);

// A path as "1: 0 2 2" and back, for tests; a text that is none gives the root of the first tree.
QString pathText(const NodePath& path);
NodePath pathFrom(const QString& text);

}  // namespace treegrpo
