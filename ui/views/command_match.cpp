#include "views/command_match.h"

#include <QStringList>
#include <algorithm>

namespace treegrpo {
namespace {

bool hasWords(const QString& text, const QStringList& words) {
  return std::all_of(words.begin(), words.end(), [&text](const QString& word) {
    return text.contains(word, Qt::CaseInsensitive);
  });
}

bool hasLettersFrom(const QString& text, qsizetype at, const QString& letters) {
  for (const QChar letter : letters) {
    at = text.indexOf(letter, at, Qt::CaseInsensitive);
    if (at < 0) return false;
    ++at;
  }
  return true;
}

bool hasLetters(const QString& text, const QString& letters) {
  for (qsizetype at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || !text[at - 1].isLetterOrNumber();
    if (begins && text[at].toLower() == letters[0].toLower() && hasLettersFrom(text, at, letters))
      return true;
  }
  return false;
}

}  // namespace

CommandRank rankOf(const QAction& action, const QString& menu, const QString& typed) {
  const QStringList words = typed.split(' ', Qt::SkipEmptyParts);
  QString text = action.text();
  if (hasWords(text, words)) return CommandRank::text;
  if (hasWords(text + ' ' + menu + ' ' + action.objectName(), words)) return CommandRank::place;
  text += ' ' + menu + ' ' + action.objectName() + ' ' + action.statusTip();
  if (hasWords(text, words)) return CommandRank::meaning;
  return hasLetters(action.text(), words.join(QString())) ? CommandRank::letters
                                                          : CommandRank::none;
}

}  // namespace treegrpo
