// Sample now and evaluate now: what the weights of the run that is shown are worth, between runs.
#pragma once

#include <QObject>
#include <functional>

#include "actions.h"
#include "history.h"
#include "session.h"

namespace treegrpo {

class WeightsCommands : public QObject {
  Q_OBJECT

 public:
  // `prompt` is what the prompt box begins with.
  WeightsCommands(Session& session, const History& history, const Actions& actions,
                  std::function<QString()> prompt, QWidget* window);

 Q_SIGNALS:
  void evaluated(const treegrpo::EvaluationRecord& record);

 private:
  void sample();
  void evaluate();
  void enable();

  Session& session_;
  const History& history_;
  const Actions& actions_;
  std::function<QString()> prompt_;
  QWidget* window_;
};

}  // namespace treegrpo
