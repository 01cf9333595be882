// The row above the tree: what edges show, by which rule they are credited, what the tree is, zoom.
#pragma once

#include <QWidget>
#include <memory>
#include <span>

#include "actions.h"
#include "canvas/tree_view.h"
#include "record/tree_record.h"

class QComboBox;
class QLabel;

namespace treegrpo {

// An overlay and the action that chooses it.
struct OverlayChoice {
  Overlay overlay;
  const char* action;
};
std::span<const OverlayChoice> overlayChoices();

class CanvasHeader : public QWidget {
  Q_OBJECT

 public:
  explicit CanvasHeader(const Actions& actions, QWidget* parent = nullptr);

  void setTree(const std::shared_ptr<const TreeRecord>& tree,
               const Growing& growing);  // may be null
  void setView(const TreeView& view);
  void setRunRule(const QString& rule);  // that of the run, the first of the choices
  // What was grown again from the tree, in words; shown: which of them is on the canvas, -1 the
  // tree itself. Without any there is no such choice.
  void setRegrown(const QStringList& words, int shown);

  // At its end.
  void addButton(QWidget* button);

 Q_SIGNALS:
  void ruleChosen(const QString& rule);  // empty: that of the run
  void regrownChosen(int which);         // -1: the tree itself

 private:
  QComboBox *edges_, *rule_, *regrown_;
  QLabel *facts_, *zoom_;
};

}  // namespace treegrpo
