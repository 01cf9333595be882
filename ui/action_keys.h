// Which keys an action has: those of the table of actions, or those that a user gave it instead.
// Kept in the settings file, group "keys"; whoever shows or uses a key asks here.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <map>
#include <span>
#include <vector>

namespace treegrpo {

struct ActionRow;

// By the name of the action, only what differs from the table; an empty list: no key.
using KeyChoice = std::map<QString, QList<QKeySequence>>;

QList<QKeySequence> standardKeys(const ActionRow& row);
QList<QKeySequence> keysOf(const ActionRow& row, const KeyChoice& choice);

// "Ctrl+Left or B", as the platform writes keys; empty for none.
QString keyText(const QList<QKeySequence>& keys);

// Property of a view: the single keys that it uses by itself and that a shortcut of the window must
// not take from it while it has the keyboard, as portable text divided by "; ".
inline constexpr const char* own_keys_property = "own_keys";

// A key that views use by themselves.
struct FixedKey {
  const char* shown;  // "1…9"
  const char* keys;   // that no action can have; portable text, divided by "; "; empty: none such
  const char* where;
  const char* text;
};
std::span<const FixedKey> fixedKeys();

// Who has a key, or one that begins with it or that it begins with: such two cannot both work.
struct KeyOwner {
  QString name;  // of the action; empty for a fixed key
  QString text;  // "Run › Step"
};
std::vector<KeyOwner> ownersOf(const QKeySequence& key, const KeyChoice& choice,
                               const QString& but_for);

// Gives an action keys and takes them from those that had them. Fixed keys are left out.
KeyChoice withKeys(KeyChoice choice, const QString& action, const QList<QKeySequence>& keys);
KeyChoice withStandardKeys(KeyChoice choice, const QString& action);

// Those of the settings file. Unknown actions and keys are passed over; of two actions with one key
// the one whose keys were changed has it, else the first of the table.
KeyChoice loadKeys();
// False if the file could not be written.
bool saveKeys(const KeyChoice& choice);

}  // namespace treegrpo
