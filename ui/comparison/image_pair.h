// The pictures of a pair of nodes: side by side, wiped, in turn, or their difference, with one zoom
// and pan; the numbers of both nodes below.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QTabBar>
#include <QWidget>
#include <cstdint>
#include <memory>

#include "comparison/image_pair_canvas.h"
#include "record/tree_record.h"

namespace treegrpo {

class ImagePair : public QWidget {
  Q_OBJECT

 public:
  explicit ImagePair(QWidget* parent = nullptr);

  void setTrees(std::shared_ptr<const TreeRecord> first, std::shared_ptr<const TreeRecord> second,
                const QString& first_letter, const QString& second_letter);
  void setNodes(std::int32_t first, std::int32_t second);  // -1: none
  void setLooks(const Theme& theme, const FontSet& fonts);
  void setReducedMotion(bool reduced) { canvas_->setReducedMotion(reduced); }
  ImagePairCanvas& canvas() { return *canvas_; }

 private:
  QWidget* makeHead();
  void showPair();
  void showNumbers();

  std::shared_ptr<const TreeRecord> trees_[2];
  QString letters_[2];
  std::int32_t nodes_[2] = {-1, -1};
  QTabBar* mode_ = nullptr;
  QComboBox* metric_ = nullptr;
  ImagePairCanvas* canvas_ = nullptr;
  QLabel* caption_ = nullptr;
  QLabel* numbers_ = nullptr;
};

}  // namespace treegrpo
