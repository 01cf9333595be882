#include "window/import_commands.h"

#include <QApplication>
#include <QFileInfo>
#include <utility>

#include "views/file_choice.h"

namespace treegrpo {
namespace {

// What was asked, or why it could not be had.
template <class Answer>
struct Tried {
  Answer answer;
  QString failure;
};

template <class Answer, class Work>
Tried<Answer> tried(const Work& work) {
  try {
    return {work(), {}};
  } catch (const Error& failure) {
    return {{}, QString::fromUtf8(failure.what())};
  }
}

}  // namespace

ImportCommands::ImportCommands(Session& session, const Actions& actions, QWidget* window)
    : QObject(window), session_(session), window_(window) {
  connect(actions[u"file.import"], &QAction::triggered, this, &ImportCommands::ask);
}

// Above the window that asks: this one or one of its own.
QWidget* ImportCommands::asking() const {
  QWidget* active = QApplication::activeWindow();
  return active && window_->isAncestorOf(active) ? active : window_;
}

void ImportCommands::ask() {
  const QString file =
      fileToOpen(asking(), tr("Import runs of a workspace"), tr("Workspaces (*.tgws)"));
  if (!file.isEmpty()) offer(file);
}

void ImportCommands::offer(const QString& file, const std::vector<RunId>& ticked) {
  if (file.isEmpty()) return ask();
  using Runs = Tried<std::vector<RunSummary>>;
  session_.ask<Runs>(
      [source = file.toStdString()](Workbench&) {
        return tried<std::vector<RunSummary>>([&] { return Workbench(source, {}).runs(); });
      },
      this,
      [this, file, ticked](const Runs& runs) {
        if (!runs.failure.isEmpty()) return Q_EMIT refused(runs.failure);
        if (runs.answer.empty()) return Q_EMIT refused(tr("'%1' holds no runs.").arg(file));
        dialog_ = new ImportDialog(file, runs.answer, ticked, asking());
        connect(dialog_, &ImportDialog::importAsked, this, [this, file] { begin(file); });
        dialog_->open();
      });
}

void ImportCommands::begin(const QString& file) {
  file_ = file;
  runs_ = dialog_->chosen();
  copied_.clear();
  next();
}

// One run a question, so that Cancel holds before the next one.
void ImportCommands::next() {
  if (dialog_)
    dialog_->setProgress(static_cast<int>(copied_.size()), static_cast<int>(runs_.size()));
  if (!dialog_ || copied_.size() == runs_.size()) {
    if (copied_.size() > 0)
      Q_EMIT imported((copied_.size() == 1 ? tr("1 run of %1 was imported.")
                                           : tr("%2 runs of %1 were imported.").arg(copied_.size()))
                          .arg(QFileInfo(file_).fileName()));
    if (dialog_) dialog_->accept();
    return;
  }
  using Copied = Tried<ImportedRun>;
  session_.ask<Copied>(
      [source = file_.toStdString(), run = runs_[copied_.size()],
       earlier = copied_](Workbench& store) {
        return tried<ImportedRun>([&] { return store.import_run(source, run, earlier); });
      },
      this,
      [this](const Copied& copied) {
        if (copied.failure.isEmpty()) {
          copied_.push_back(copied.answer);
          return next();
        }
        if (!dialog_) return Q_EMIT refused(copied.failure);
        dialog_->setProgress(1, 1);
        dialog_->setSentence(copied.failure);
      });
}

}  // namespace treegrpo
