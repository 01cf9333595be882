// How cells of the schedule table look and are edited: SDE | ODE, a spin box, a slider with a spin
// box, a check box.
#pragma once

#include <QStyledItemDelegate>
#include <QWidget>

#include "style/theme.h"

class QDoubleSpinBox;
class QSlider;

namespace treegrpo {

// A noise level by spin box, up to 2 by slider as well; they move each other.
class NoiseEditor : public QWidget {
  Q_OBJECT
  Q_PROPERTY(double value READ value WRITE setValue NOTIFY valueChanged USER true)

 public:
  explicit NoiseEditor(QWidget* parent = nullptr);
  double value() const;
  void setValue(double value);

 Q_SIGNALS:
  void valueChanged(double value);

 private:
  QSlider* slider_;
  QDoubleSpinBox* spin_;
};

class ScheduleCells : public QStyledItemDelegate {
  Q_OBJECT

 public:
  explicit ScheduleCells(QObject* parent = nullptr);
  void setLooks(const Theme& theme) { theme_ = &theme; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override;

 private:
  void paintType(QPainter& painter, const QRectF& cell, const QModelIndex& index) const;
  void paintField(QPainter& painter, const QRectF& cell, const QModelIndex& index) const;
  void paintCheck(QPainter& painter, const QRectF& cell, const QModelIndex& index) const;
  void paintText(QPainter& painter, const QRectF& cell, const QModelIndex& index) const;
  Color outline(const QModelIndex& index) const;

  const Theme* theme_;
};

// Whether a type cell has room for one word only, the present one.
bool isNarrowCell(int width, const QFontMetrics& metrics);

}  // namespace treegrpo
