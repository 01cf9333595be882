// Sample now and evaluate now: what the weights of the run that is shown are worth, at any time. Of
// the run in progress they are those of the moment, also while it is paused; between runs those of
// the last checkpoint.
#pragma once

#include <QObject>
#include <functional>

#include "actions.h"
#include "history.h"
#include "session.h"

namespace treegrpo {

class SampleDialog;

// "weights after 12 iterations", with what is to be said of them beside.
QString wordsOf(const WeightsOrigin& origin);

class WeightsCommands : public QObject {
  Q_OBJECT

 public:
  // `prompt` is what the prompt box begins with.
  WeightsCommands(Session& session, const History& history, const Actions& actions,
                  std::function<QString()> prompt, QWidget* window);

 Q_SIGNALS:
  // Shown and not stored: the store's evaluations are those that the config asks for, so that a run
  // has the same rows whoever looked at it, and a resumed run picks the same best checkpoint.
  void evaluated(const treegrpo::EvaluationRecord& record, const QString& weights);
  void exported(const QString& sentence);

 private:
  void sample();
  void draw(SampleDialog* dialog, const QString& prompt, int count, quint64 seed);
  void evaluate();
  void exportModel();
  void writeModel(const QString& file);
  Session::OpenModel openModel() const;
  void enable();

  Session& session_;
  const History& history_;
  const Actions& actions_;
  std::function<QString()> prompt_;
  QWidget* window_;
};

}  // namespace treegrpo
