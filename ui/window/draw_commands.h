// The pictures of the selected node, drawn again: its latent x_t, and its predicted picture where
// none is stored. With the weights that are nearest to those that grew the tree: of the run in
// progress, also while it is paused, of a checkpoint or of the model itself. What was drawn is kept
// in memory; nothing is stored.
#pragma once

#include <QObject>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "focus.h"
#include "history.h"
#include "session.h"
#include "views/node_inspector.h"

namespace treegrpo {

class DrawCommands : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t most_bytes = 64 << 20;  // of pictures that are kept

  struct Parts {
    Session& session;
    const Focus& focus;
    const History& history;
    NodeInspector& inspector;
  };
  DrawCommands(const Parts& parts, QObject* parent);

  // The way to that node of the tree that is looked at. While the latent is looked at this follows
  // the selection by itself, unless a run is training: that is held up only when asked.
  void draw(std::int32_t node);

 private:
  struct NodePlace {
    Place place;
    std::int32_t node = -1;
    bool operator==(const NodePlace&) const = default;
  };
  struct Kept {
    NodePlace of;
    std::shared_ptr<const Image> clean, latent;
    QString whose;
  };

  NodePlace selected() const { return {parts_.focus.place(), parts_.focus.selected()}; }
  const Kept* keptOf(const NodePlace& of) const;
  void update();
  void show();
  void follow();
  void refuse(const NodePlace& of, const QString& why);
  void keep(const Place& place, const std::vector<std::int32_t>& nodes, DrawnPath drawn);
  void forgetOld();
  QString missingWords() const;

  Parts parts_;
  std::deque<Kept> kept_;  // the newest last
  std::size_t bytes_ = 0;
  std::optional<NodePlace> drawing_;  // on its way
  NodePlace refused_;                 // which one could not be drawn last
  QString refusal_;
};

// "Drawn again with the weights that grew the tree…", or with which others.
QString drawnWords(const DrawnPath& drawn, std::int32_t iteration);

}  // namespace treegrpo
