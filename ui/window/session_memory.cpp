#include "window/session_memory.h"

#include <QSettings>

namespace treegrpo {
namespace {

constexpr int most_remembered = 10;
constexpr const char* list_name = "sessions";

struct Row {
  QString store;
  qint64 run = 0;
  int iteration = -1, prompt = 0;
  QString selected, reference;
  QStringList bookmarks;
};

std::vector<Row> rows() {
  std::vector<Row> all;
  QSettings settings;
  const int count = settings.beginReadArray(list_name);
  for (int i = 0; i < count; ++i) {
    settings.setArrayIndex(i);
    all.push_back({settings.value("store").toString(), settings.value("run").toLongLong(),
                   settings.value("iteration", -1).toInt(), settings.value("prompt").toInt(),
                   settings.value("selected").toString(), settings.value("reference").toString(),
                   settings.value("bookmarks").toStringList()});
  }
  return all;
}

void write(const std::vector<Row>& all) {
  QSettings settings;
  settings.remove(list_name);
  settings.beginWriteArray(list_name, static_cast<int>(all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    settings.setArrayIndex(static_cast<int>(i));
    settings.setValue("store", all[i].store);
    settings.setValue("run", all[i].run);
    settings.setValue("iteration", all[i].iteration);
    settings.setValue("prompt", all[i].prompt);
    settings.setValue("selected", all[i].selected);
    settings.setValue("reference", all[i].reference);
    settings.setValue("bookmarks", all[i].bookmarks);
  }
  settings.endArray();
}

QString textOf(const std::optional<NodePath>& path) { return path ? pathText(*path) : QString(); }

std::optional<NodePath> optionalFrom(const QString& text) {
  return text.isEmpty() ? std::nullopt : std::optional(pathFrom(text));
}

// A key must hold no slash.
QString listedKey(const QString& store) {
  return "listed/" + QString::fromLatin1(store.toUtf8().toHex());
}

}  // namespace

void rememberListed(const QString& store, const QStringList& files) {
  QSettings settings;
  if (files.isEmpty())
    settings.remove(listedKey(store));
  else
    settings.setValue(listedKey(store), files);
}

QStringList rememberedListed(const QString& store) {
  return QSettings().value(listedKey(store)).toStringList();
}

QString pathText(const NodePath& path) {
  QString text = QString::number(path.tree) + ':';
  for (const std::int32_t child : path.children) text += ' ' + QString::number(child);
  return text;
}

NodePath pathFrom(const QString& text) {
  NodePath path;
  const QStringList parts = text.split(':');
  path.tree = parts.value(0).toInt();
  for (const QString& child : parts.value(1).split(' ', Qt::SkipEmptyParts))
    path.children.push_back(child.toInt());
  return path;
}

void rememberSession(const QString& store, const SessionMemory& memory) {
  std::vector<Row> all = rows();
  std::erase_if(all, [&store](const Row& row) { return row.store == store; });
  QStringList bookmarks;
  for (const NodePath& path : memory.marks.bookmarks) bookmarks << pathText(path);
  all.insert(all.begin(),
             Row{store, memory.place.run.value, memory.place.iteration, memory.place.prompt.value,
                 textOf(memory.marks.selected), textOf(memory.marks.reference), bookmarks});
  if (all.size() > most_remembered) all.resize(most_remembered);
  write(all);
}

std::optional<SessionMemory> rememberedSession(const QString& store) {
  for (const Row& row : rows()) {
    if (row.store != store) continue;
    SessionMemory memory{{RunId{row.run}, row.iteration, PromptId{row.prompt}},
                         {optionalFrom(row.selected), optionalFrom(row.reference), {}}};
    for (const QString& bookmark : row.bookmarks)
      memory.marks.bookmarks.push_back(pathFrom(bookmark));
    return memory;
  }
  return {};
}

}  // namespace treegrpo
