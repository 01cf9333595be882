// The tree of one prompt as a widget: shows it, walks and zooms in it, and says by signals what the
// user chose. What is selected, bookmarked and the reference belongs to the window and comes back
// through setSelection; zoom, pan, collapse, hoist, order and overlay are the canvas's own.
#pragma once

#include <QTimer>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>

#include "canvas/canvas_view.h"
#include "canvas/tree_figures.h"
#include "canvas/tree_layout.h"
#include "canvas/tree_view.h"
#include "record/tree_record.h"

namespace treegrpo {

class TreeHoverCard;
class TreeKeysOverlay;

class TreeCanvas : public CanvasView {
  Q_OBJECT

 public:
  explicit TreeCanvas(QWidget* parent = nullptr);
  ~TreeCanvas() override;

  // Shows a record (null: none, in words); figures are worked out if they are null. Moves neither
  // selection nor viewport, but the first record fits, and one of another schedule as long as
  // nobody has zoomed or panned.
  void setTree(std::shared_ptr<const TreeRecord> tree, std::shared_ptr<const TreeFigures> figures);
  void setGrowing(Growing growing);
  // A newly selected node that lies in a collapsed subtree or outside the viewport is brought in.
  void setSelection(std::int32_t selected, std::set<std::int32_t> also, std::int32_t reference,
                    std::set<std::int32_t> bookmarks);
  // Marks what was searched for.
  void setFound(std::set<std::int32_t> nodes);
  // Marks what was grown again and never trained.
  void setRegrown(std::set<std::int32_t> nodes);
  void setClipRange(double clip_range);
  void setReducedMotion(bool reduced);
  void setHowToTrain(const QString& how);  // "press Space"

  const TreeView& view() const { return view_; }
  // Where the nodes of the tree stand for that view; kept until what it depends on changes.
  const TreeLayout& layout();
  // Takes over what the canvas owns, as a session kept it: zoom, pan, collapse, hoist, order,
  // overlay, limits, walks.
  void setView(TreeView view);

  // Does the action of that name in actionRows(); false if it is none of the canvas's.
  bool perform(QStringView action);

 Q_SIGNALS:
  void nodeChosen(std::int32_t node);
  void nodesChosen(std::set<std::int32_t> nodes);
  void referenceChosen(std::int32_t node);  // -1: none
  void bookmarkToggled(std::int32_t node);
  void contextMenuAsked(std::int32_t node, QPoint global);  // -1: beside all nodes
  void viewChanged();  // something of view() that the canvas owns, by the user

 protected:
  Drawing draw() override;
  bool event(QEvent* event) override;
  void roomChanged() override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  enum class Drag : std::uint8_t { none, pan, band };
  // A look of the tree that is left for another one.
  struct Glide {
    TreeView view;
    TreeLayout layout;
    bool nodes_move = false;
  };

  // tree_canvas.cpp
  bool has(std::int32_t node) const;  // of the tree that is shown
  std::int32_t nodeCount() const;
  void placeNodes();                                    // makes layout_ true
  void change(TreeView next);                           // by the user
  void changeAround(TreeView next, std::int32_t node);  // a node keeps its place on screen
  void fitIfUntouched();
  void moveTo(TreeView next);  // zoomed or panned by hand
  void bringIn(std::int32_t node);
  void describe();
  void runGrowth();   // starts or stops its timer
  void startSweep();  // advantages flow from the leaves to the root
  void sweep();
  void endSweep();
  template <class Work>
  void glide(Work work);  // what it changes is gone to in some steps
  void startGlide(Glide from);
  void endGlide();
  float glideShare() const;  // of the way gone
  void addFocusFrame(Drawing& drawing) const;

  // tree_canvas_actions.cpp
  bool performWalk(QStringView named);
  bool performOverlay(QStringView action);
  void choose(std::int32_t node);
  void collapse();
  void collapseOthers();
  void hoist();
  void unhoist();
  void toggleReference();
  void toggleBookmark();
  void nextBookmark();
  void fit();
  void fitSelected();
  void fitSubtree(std::int32_t node);
  void fullSize();
  void zoomIn();
  void zoomOut();
  void zoomBy(float factor);
  void toggleOrder();
  void showOverlay(Overlay overlay);
  Box subtreeBox(std::int32_t node);

  // tree_canvas_mouse.cpp
  const HitBox* under(Point point) const;
  std::int32_t nodeUnder(Point point) const;
  void press(const HitBox& hit, bool also);
  void pressLegend(std::int32_t entry);
  void chooseStep(std::int32_t step);
  void toggleAlso(std::int32_t node);
  void chooseBand(bool also);
  void endDrag();
  Box band() const;
  void hover(std::int32_t node);
  void showCard();
  void showKeys();
  void hideKeys();
  QString tipAt(Point point) const;
  void addBand(Drawing& drawing) const;

  std::shared_ptr<const TreeRecord> tree_;
  QString how_to_train_;  // empty: nothing is said of it
  std::shared_ptr<const TreeFigures> figures_;
  TreeView view_;
  TreeLayout layout_;
  bool stale_layout_ = true;
  bool untouched_ = true;  // neither zoomed nor panned since the last fit
  bool shown_ = false;     // a tree was shown
  bool focus_by_key_ = false;

  Drag drag_ = Drag::none;
  Point drag_from_, drag_at_;

  QTimer hover_timer_, growth_timer_, sweep_timer_, glide_timer_;
  QElapsedTimer sweep_clock_, glide_clock_;
  std::optional<Glide> glide_;
  Point pointer_;
  TreeHoverCard* card_;
  TreeKeysOverlay* keys_ = nullptr;
};

template <class Work>
void TreeCanvas::glide(Work work) {
  endGlide();
  placeNodes();
  Glide from{view_, layout_};
  work();
  startGlide(std::move(from));
}

}  // namespace treegrpo
