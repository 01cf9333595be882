#include "models/config_draft.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "record/config_edit.h"
#include "record/config_place.h"
#include "record/config_toml.h"
#include "tree/check_config.h"

namespace treegrpo {
namespace {

constexpr qint64 merge_ms = 1500;  // of one field or of the text: one step back

QString qt(const std::string& text) { return QString::fromStdString(text); }

// A field's value; nothing if the config has no such item.
QString textOf(const RunConfig& config, const QString& key) {
  try {
    return qt(get_field(config, key.toStdString()));
  } catch (const Error&) {
    return {};
  }
}

// Why a run in progress cannot take a config written as text; nothing if it can.
std::optional<DraftProblem> keptProblem(const RunConfig& now, const RunConfig& next,
                                        const std::string& text) {
  const auto problem = [&text](const std::string& key, const QString& why) {
    return DraftProblem{
        qt(key) + " " + why, {qt(key)}, static_cast<int>(key_line(text, key).value_or(0))};
  };
  const QString kept =
      QObject::tr("is kept by a run from its beginning; make a new run to change it");
  for (const ConfigField& field : config_fields())
    if (field.list.empty() && fixed_in_run(field.key) &&
        field_value(field, &next) != field_value(field, &now))
      return problem(field.key, kept);
  if (next.reward != now.reward) return problem("reward", kept);
  return std::nullopt;
}

}  // namespace

// One step of undo: the whole draft before and after it. A config is a few kilobytes.
class DraftEdit : public QUndoCommand {
 public:
  DraftEdit(ConfigDraft& draft, const QString& what, QString merge_key, ConfigDraft::State next)
      : QUndoCommand(what),
        draft_(draft),
        before_(draft.state_),
        after_(std::move(next)),
        merge_key_(std::move(merge_key)) {}

  void undo() override { draft_.take(before_); }
  void redo() override { draft_.take(after_); }
  int id() const override { return merge_key_.isEmpty() ? -1 : 1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const DraftEdit*>(other);
    if (next->merge_key_ != merge_key_ || made_.msecsTo(next->made_) > merge_ms) return false;
    after_ = next->after_;
    made_ = next->made_;
    return true;
  }

 private:
  ConfigDraft& draft_;
  ConfigDraft::State before_, after_;
  QString merge_key_;
  QDateTime made_ = QDateTime::currentDateTimeUtc();
};

const ConfigList* configList(const QString& key) {
  for (const ConfigList& list : run_fields().lists)
    if (qt(list.key) == key) return &list;
  return nullptr;
}

ConfigDraft::ConfigDraft(QObject* parent) : QObject(parent) { setOrigin(RunConfig{}); }

ConfigDraft::State ConfigDraft::fromText(const QString& text, const RunConfig& last) {
  RunConfig config;
  const auto problem = read_toml(run_fields(), &config, text.toStdString());
  if (!problem) return {config, text, {}};
  return {last, text, DraftProblem{qt(problem->sentence), {}, static_cast<int>(problem->line)}};
}

void ConfigDraft::begin(const RunConfig& origin, const State& state) {
  origin_ = origin;
  undo_.clear();
  take(state);
}

void ConfigDraft::setOrigin(const RunConfig& config, const QString& text) {
  begin(config, {config, text.isEmpty() ? qt(config_toml(config)) : text, {}});
}

void ConfigDraft::setOriginText(const QString& text) {
  const State state = fromText(text, RunConfig{});
  begin(state.config, state);
}

void ConfigDraft::setRunning(bool running) {
  running_ = running;
  problem_ = findProblem();
  Q_EMIT changed();
}

QString ConfigDraft::lockReason(const QString& key) const {
  if (!running_ || !fixed_in_run(key.toStdString())) return {};
  return tr("a run keeps it; make a new one to change it");
}

std::optional<ConfigDraft::Refused> ConfigDraft::refused(const QString& key) const {
  const auto found = refused_.find(key);
  return found == refused_.end() ? std::nullopt : std::optional(*found);
}

void ConfigDraft::setField(const QString& key, const QString& value) { change(key, value, key); }

void ConfigDraft::change(const QString& key, const QString& value, const QString& merge_key) {
  if (!lockReason(key).isEmpty()) return;
  RunConfig config = state_.config;
  try {
    const FieldPlace place = find_field(run_fields(), &config, key.toStdString());
    const FieldValue read = value_from_text(*place.field, value.toStdString());
    if (const auto problem = value_problem(*place.field, read, key.toStdString()))
      throw configuration_error(*problem);
    set_field_value(*place.field, &config, place.item, read);
  } catch (const Error& error) {
    refused_[key] = {value, qt(error.what())};
    problem_ = findProblem();
    Q_EMIT changed();
    return;
  }
  const bool was_refused = refused_.remove(key) > 0;
  if (config != state_.config) return edit(tr("Change %1").arg(key), merge_key, config);
  if (!was_refused) return;
  problem_ = findProblem();
  Q_EMIT changed();
}

void ConfigDraft::resetField(const QString& key) {
  const FieldPlace place = find_field(run_fields(), &state_.config, key.toStdString());
  change(key, qt(value_text(default_value(*place.field))), {});
}

void ConfigDraft::setText(const QString& text) {
  if (text == state_.text) return;
  State next = fromText(text, state_.config);
  if (running_ && !next.text_problem) {
    next.text_problem = keptProblem(origin_, next.config, text.toStdString());
    if (next.text_problem) next.config = state_.config;
  }
  push(tr("Edit the text"), "text", std::move(next));
}

void ConfigDraft::addItem(const QString& list_key) {
  const ConfigList* list = configList(list_key);
  const std::size_t size = list->size(&state_.config);
  if (size >= list->most_items || !lockReason(list_key + ".").isEmpty()) return;
  RunConfig config = state_.config;
  list->resize(&config, size + 1);
  edit(tr("Add to %1").arg(list_key), {}, config);
}

bool ConfigDraft::canRemoveItem(const QString& list_key) const {
  const ConfigList* list = configList(list_key);
  const std::size_t size = list->size(&state_.config);
  return size > list->least_items && lockReason(list_key + ".").isEmpty();
}

void ConfigDraft::removeItem(const QString& list_key, int item) {
  const ConfigList* list = configList(list_key);
  const std::size_t size = list->size(&state_.config);
  const auto gone = static_cast<std::size_t>(item);
  if (!canRemoveItem(list_key) || gone >= size) return;
  RunConfig config = state_.config;
  for (const ConfigField& field : config_fields()) {
    if (field.list != list->key) continue;
    for (std::size_t i = gone; i + 1 < size; ++i)
      set_field_value(field, &config, i, field_value(field, &config, i + 1));
  }
  list->resize(&config, size - 1);
  edit(tr("Remove from %1").arg(list_key), {}, config);
}

QStringList ConfigDraft::overrides() const {
  QStringList sets;
  std::string emptied;  // a list that became shorter is made anew
  for (const ConfigField& field : config_fields()) {
    const ConfigList* list = field.list.empty() ? nullptr : configList(qt(field.list));
    const std::size_t size = list == nullptr ? 1 : list->size(&state_.config);
    std::size_t before = list == nullptr ? 1 : list->size(&origin_);
    if (size < before) {
      if (emptied != list->key) sets << qt(list->key) + "=[]";
      emptied = list->key;
      before = 0;
    }
    for (std::size_t item = 0; item < size; ++item) {
      const FieldValue value = field_value(field, &state_.config, item);
      if (item < before && value == field_value(field, &origin_, item)) continue;
      QString key = qt(field.key);
      if (list != nullptr)
        key.insert(static_cast<int>(field.list.size()), "." + QString::number(item));
      sets << key + "=" + qt(value_text(value));
    }
  }
  return sets;
}

// The text follows the fields; one that is wrong is written anew.
void ConfigDraft::edit(const QString& what, const QString& merge_key, const RunConfig& config) {
  push(what, merge_key, {config, qt(edited_text(state_.text.toStdString(), config)), {}});
}

void ConfigDraft::push(const QString& what, const QString& merge_key, State next) {
  undo_.push(new DraftEdit(*this, what, merge_key, std::move(next)));
}

void ConfigDraft::take(const State& state) {
  // A refused value stands until its field gets another one.
  for (const QString& key : refused_.keys())
    if (textOf(state.config, key) != textOf(state_.config, key)) refused_.remove(key);
  state_ = state;
  problem_ = findProblem();
  Q_EMIT changed();
}

std::optional<DraftProblem> ConfigDraft::findProblem() const {
  if (state_.text_problem) return state_.text_problem;
  if (!refused_.isEmpty()) return DraftProblem{refused_.first().sentence, {refused_.firstKey()}, 0};
  try {
    check_config(state_.config);
    return std::nullopt;
  } catch (const Error& error) {
    DraftProblem problem{qt(error.what()), {}, 0};
    for (const std::string& key : named_keys(error)) {
      problem.keys << qt(key);
      if (problem.line > 0) continue;
      problem.line = static_cast<int>(key_line(state_.text.toStdString(), key).value_or(0));
    }
    return problem;
  }
}

}  // namespace treegrpo
