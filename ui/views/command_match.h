// How near a command is to what was typed.
#pragma once

#include <QAction>
#include <QString>
#include <cstdint>

namespace treegrpo {

// Nearest first.
enum class CommandRank : std::uint8_t {
  text,     // all words that were typed stand in the command's text
  place,    // also in its menu or its name
  meaning,  // also in what it does
  letters,  // what was typed is letters of the text in their order, from the beginning of a word
  none
};

// Case does not matter.
CommandRank rankOf(const QAction& action, const QString& menu, const QString& typed);

}  // namespace treegrpo
