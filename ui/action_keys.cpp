#include "action_keys.h"

#include <QCoreApplication>
#include <QSettings>
#include <algorithm>

#include "actions.h"

namespace treegrpo {
namespace {

constexpr const char* group = "keys";

constexpr FixedKey fixed[] = {
    {"1…9", "1; 2; 3; 4; 5; 6; 7; 8; 9", "Tree", "Child by its place"},
    {"?", "?", "Tree", "The keys of the tree, while it is held"},
    {"Esc", "Esc", "Everywhere", "Leaves what is open: a dialog, a menu, the find bar"},
    {"Tab or Shift+Tab", "Tab; Shift+Tab; Backtab", "Everywhere", "The next part, the one before"},
    {"Return", "Return; Enter", "Lists and dialogs", "Opens the row, answers the dialog"},
    {"Arrows, Home, End", "", "Path", "The step before, the one after, the first, the last"},
    {"Arrows, Home, End", "", "Curves",
     "The crosshair, an iteration on; with Shift the part shown"},
    {"+, −, 0", "", "Curves", "Shows less, more, all of the iterations"},
    {"+, −, ↑, ↓, T", "", "Schedule", "Children, noise level and training of the marked steps"},
    {"Space", "", "Schedule", "Noise or none in the marked steps; Alt+← → moves the window"},
    {"Arrows, +, −, 0", "", "Grid of pictures", "The picture chosen; larger, smaller, all"},
    {"R; Shift", "", "Grid of pictures", "Sets the reference; shows it while it is held"},
    {", and .", "", "Grid of pictures", "The denoising step before, the one after"},
    {"← →; Space", "", "Pair of pictures", "Selects A or B; the other picture of a flicker"},
    {"R; Shift", "", "Pair of pictures", "Sets the reference; shows it while it is held"},
    {", and .; E", "", "Pair of pictures", "Another denoising step; the next error metric"},
    {"Del, N, *", "", "Run library", "To the trash, note, star"},
};

QList<QKeySequence> keysFrom(const QString& portable) {
  if (portable.isEmpty()) return {};
  return QKeySequence::listFromString(portable, QKeySequence::PortableText);
}

bool hinder(const QKeySequence& a, const QKeySequence& b) {
  return a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch;
}

bool hasOneLike(const QList<QKeySequence>& keys, const QKeySequence& key) {
  return std::ranges::any_of(keys, [&](const QKeySequence& one) { return hinder(one, key); });
}

QString nameOf(const ActionRow& row) { return QString::fromUtf8(row.name); }

QString placeOf(const ActionRow& row) {
  const QString menu = QString::fromUtf8(row.menu).replace('|', QStringLiteral(" › "));
  return menu + QStringLiteral(" › ") + QString::fromUtf8(row.text);
}

bool isFixed(const QKeySequence& key) {
  return std::ranges::any_of(fixed, [&](const FixedKey& one) {
    return hasOneLike(keysFrom(QString::fromUtf8(one.keys)), key);
  });
}

void set(KeyChoice& choice, const ActionRow& row, const QList<QKeySequence>& keys) {
  if (keys == standardKeys(row))
    choice.erase(nameOf(row));
  else
    choice[nameOf(row)] = keys;
}

// Each action keeps those of its keys that none before it has: changed ones come first.
KeyChoice withoutConflicts(KeyChoice choice) {
  const KeyChoice read = choice;
  QList<QKeySequence> taken;
  for (const bool changed : {true, false})
    for (const ActionRow& row : actionRows()) {
      if (read.contains(nameOf(row)) != changed) continue;
      QList<QKeySequence> keys;
      for (const QKeySequence& key : keysOf(row, read))
        if (!hasOneLike(taken, key)) keys << key;
      taken << keys;
      set(choice, row, keys);
    }
  return choice;
}

}  // namespace

QList<QKeySequence> standardKeys(const ActionRow& row) {
  return keysFrom(QString::fromUtf8(row.keys));
}

QList<QKeySequence> keysOf(const ActionRow& row, const KeyChoice& choice) {
  const auto chosen = choice.find(nameOf(row));
  return chosen == choice.end() ? standardKeys(row) : chosen->second;
}

QString keyText(const QList<QKeySequence>& keys) {
  QStringList texts;
  for (const QKeySequence& key : keys) texts << key.toString(QKeySequence::NativeText);
  return texts.join(QCoreApplication::translate("Keys", " or "));
}

std::span<const FixedKey> fixedKeys() { return fixed; }

std::vector<KeyOwner> ownersOf(const QKeySequence& key, const KeyChoice& choice,
                               const QString& but_for) {
  std::vector<KeyOwner> owners;
  for (const FixedKey& one : fixed)
    if (hasOneLike(keysFrom(QString::fromUtf8(one.keys)), key))
      owners.push_back({{}, QString::fromUtf8(one.where) + ": " + QString::fromUtf8(one.text)});
  for (const ActionRow& row : actionRows())
    if (nameOf(row) != but_for && hasOneLike(keysOf(row, choice), key))
      owners.push_back({nameOf(row), placeOf(row)});
  return owners;
}

KeyChoice withKeys(KeyChoice choice, const QString& action, const QList<QKeySequence>& keys) {
  QList<QKeySequence> given;
  for (const QKeySequence& key : keys)
    if (!key.isEmpty() && !isFixed(key)) given << key;
  for (const ActionRow& row : actionRows()) {
    if (nameOf(row) == action) {
      set(choice, row, given);
      continue;
    }
    QList<QKeySequence> kept = keysOf(row, choice);
    if (kept.removeIf([&](const QKeySequence& key) { return hasOneLike(given, key); }))
      set(choice, row, kept);
  }
  return choice;
}

KeyChoice withStandardKeys(KeyChoice choice, const QString& action) {
  for (const ActionRow& row : actionRows())
    if (nameOf(row) == action) return withKeys(std::move(choice), action, standardKeys(row));
  return choice;
}

KeyChoice loadKeys() {
  QSettings settings;
  settings.beginGroup(group);
  KeyChoice choice;
  for (const ActionRow& row : actionRows()) {
    const QString name = nameOf(row);
    if (!settings.contains(name)) continue;
    const QString written = settings.value(name).toString();
    QList<QKeySequence> keys = keysFrom(written);
    keys.removeIf([](const QKeySequence& key) {
      return key.isEmpty() || key.toString().isEmpty() || isFixed(key);
    });
    // Nonsense is no wish to have no key.
    if (keys.isEmpty() && !written.isEmpty()) continue;
    set(choice, row, keys);
  }
  return withoutConflicts(std::move(choice));
}

bool saveKeys(const KeyChoice& choice) {
  QSettings settings;
  settings.remove(group);
  settings.beginGroup(group);
  for (const auto& [name, keys] : choice)
    settings.setValue(name, QKeySequence::listToString(keys, QKeySequence::PortableText));
  settings.endGroup();
  settings.sync();
  return settings.status() == QSettings::NoError;
}

}  // namespace treegrpo
