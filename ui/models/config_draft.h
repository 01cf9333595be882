// A config while it is edited: its values and its text as one, what is wrong with either in words,
// and undo. No widgets: the form and the text beside it both show this.
#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <optional>

#include "record/config_fields.h"

namespace treegrpo {

// Why a draft cannot be run.
struct DraftProblem {
  QString sentence;
  QStringList keys;  // of the fields it concerns; a list is named as "reward"
  int line = 0;      // of the text, from 1; 0: none
};

class ConfigDraft : public QObject {
  Q_OBJECT

 public:
  explicit ConfigDraft(QObject* parent = nullptr);

  // Begins anew: what undo goes back to and overrides() compare with. text: that of a file, which
  // reads as the config; empty: the config's own.
  void setOrigin(const RunConfig& config, const QString& text = {});
  // Begins anew with a text that need not be right; the fields then hold the defaults.
  void setOriginText(const QString& text);
  // A live run: keys it keeps from its beginning cannot be edited.
  void setRunning(bool running);
  bool isRunning() const { return running_; }

  const RunConfig& config() const { return state_.config; }
  const RunConfig& origin() const { return origin_; }
  const QString& text() const { return state_.text; }

  // What is wrong: first the text, then a value that was refused, then keys that contradict each
  // other. The config is right if there is none.
  const std::optional<DraftProblem>& problem() const { return problem_; }
  // Why a key cannot be edited; empty where it can.
  QString lockReason(const QString& key) const;
  // What was written into a field and refused, and the sentence; nothing where it was taken.
  struct Refused {
    QString value, sentence;
  };
  std::optional<Refused> refused(const QString& key) const;

  // The edits. A key names an item by number, "reward.0.weight"; the value is as --set takes it.
  void setField(const QString& key, const QString& value);
  void resetField(const QString& key);  // to its default
  void setText(const QString& text);
  void addItem(const QString& list);
  void removeItem(const QString& list, int item);
  bool canRemoveItem(const QString& list) const;

  // "KEY=VALUE" of each field that differs from the origin, as set_field takes them, in an order in
  // which they can be applied; a list with an item less is made anew.
  QStringList overrides() const;

  QUndoStack& undoStack() { return undo_; }

 Q_SIGNALS:
  void changed();

 private:
  friend class DraftEdit;
  struct State {
    RunConfig config;
    QString text;
    std::optional<DraftProblem> text_problem;  // config is then that of the last right text
  };

  static State fromText(const QString& text, const RunConfig& last);
  void begin(const RunConfig& origin, const State& state);
  void push(const QString& what, const QString& merge_key, State next);
  void take(const State& state);
  void change(const QString& key, const QString& value, const QString& merge_key);
  void edit(const QString& what, const QString& merge_key, const RunConfig& config);
  std::optional<DraftProblem> findProblem() const;

  RunConfig origin_;
  State state_;
  QMap<QString, Refused> refused_;
  std::optional<DraftProblem> problem_;
  bool running_ = false;
  QUndoStack undo_;
};

// The list's row of the table; none if there is no such list.
const ConfigList* configList(const QString& key);

}  // namespace treegrpo
