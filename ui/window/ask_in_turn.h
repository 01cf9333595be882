// Many questions to the store, one after the other, so that others get their turn between two.
#pragma once

#include <utility>

#include "session.h"

namespace treegrpo {

// Asks question(store, at) for at = first … count − 1 on the store's thread; `receive` gets each
// answer with its number on this thread and says whether to go on.
template <class Answer, class Question, class Receive>
void askInTurn(Session& session, QObject* context, int first, int count, Question question,
               Receive receive) {
  if (first >= count) return;
  session.ask<Answer>([question, first](Workbench& store) { return question(store, first); },
                      context,
                      [&session, context, first, count, question, receive](Answer answer) {
                        if (receive(first, std::move(answer)))
                          askInTurn<Answer>(session, context, first + 1, count, question, receive);
                      });
}

}  // namespace treegrpo
