#include "views/schedule_cells.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QSlider>
#include <QSpinBox>
#include <cmath>

#include "models/schedule_model.h"
#include "style/studio_style.h"

namespace treegrpo {
namespace {

constexpr double most_noise = 10, most_by_slider = 2;
constexpr int most_children = 1000;
constexpr int slider_parts = 100;  // a unit of noise

ScheduleRow rowOf(const QModelIndex& index) { return static_cast<ScheduleRow>(index.row()); }

bool isNoisy(const QModelIndex& index) { return index.data(ScheduleModel::noisy_role).toBool(); }

QPen penOf(Color color, double width) { return {toQColor(color), width}; }

// A box in the middle of a cell, at most that large.
QRectF middleOf(const QRectF& cell, double width, double height) {
  width = std::min(width, cell.width() - 6);
  return {cell.center().x() - width / 2, cell.center().y() - height / 2, width, height};
}

}  // namespace

NoiseEditor::NoiseEditor(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal)), spin_(new QDoubleSpinBox) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(4, 0, 4, 0);
  row->addWidget(slider_, 1);
  row->addWidget(spin_);
  setAutoFillBackground(true);
  setFocusProxy(spin_);
  slider_->setObjectName("scheduleNoiseSlider");
  slider_->setAccessibleName(tr("Noise level"));
  slider_->setRange(0, static_cast<int>(most_by_slider * slider_parts));
  spin_->setObjectName("scheduleNoiseSpin");
  spin_->setAccessibleName(tr("Noise level"));
  spin_->setRange(0, most_noise);
  spin_->setSingleStep(.05);
  spin_->setProperty("small", true);
  connect(slider_, &QSlider::valueChanged, this, [this](int at) {
    if (slider_->hasFocus() || slider_->isSliderDown())
      spin_->setValue(static_cast<double>(at) / slider_parts);
  });
  connect(spin_, &QDoubleSpinBox::valueChanged, this, [this](double at) {
    slider_->setValue(static_cast<int>(std::lround(at * slider_parts)));
    Q_EMIT valueChanged(at);
  });
}

bool isNarrowCell(int width, const QFontMetrics& metrics) {
  return width < 2 * metrics.horizontalAdvance("ODE") + 12;
}

double NoiseEditor::value() const { return spin_->value(); }
void NoiseEditor::setValue(double value) { spin_->setValue(value); }

ScheduleCells::ScheduleCells(QObject* parent)
    : QStyledItemDelegate(parent), theme_(&theme(ThemeKind::dark)) {}

Color ScheduleCells::outline(const QModelIndex& index) const {
  if (!index.data(ScheduleModel::problem_role).toString().isEmpty()) return theme_->error;
  return index.data(ScheduleModel::staged_role).toBool() ? theme_->warning : theme_->border;
}

void ScheduleCells::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const bool selected = option.state & QStyle::State_Selected;
  const Color ground = selected ? theme_->selection : isNoisy(index) ? theme_->band : theme_->panel;
  painter->fillRect(option.rect, toQColor(ground));
  const QRectF cell = option.rect;
  painter->setFont(option.font);
  switch (rowOf(index)) {
    case ScheduleRow::type:
      paintType(*painter, cell, index);
      break;
    case ScheduleRow::children:
    case ScheduleRow::noise:
      paintField(*painter, cell, index);
      break;
    case ScheduleRow::train:
      paintCheck(*painter, cell, index);
      break;
    default:
      paintText(*painter, cell, index);
  }
  painter->setPen(penOf(theme_->grid, 1));
  painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
  if (option.state & QStyle::State_HasFocus) {
    painter->setPen(penOf(theme_->accent, 1.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(cell.adjusted(1.5, 1.5, -1.5, -2.5), 3, 3);
  }
  painter->restore();
}

// Both words side by side, the present one filled; in a narrow cell that one alone.
void ScheduleCells::paintType(QPainter& painter, const QRectF& cell,
                              const QModelIndex& index) const {
  const bool narrow = isNarrowCell(static_cast<int>(cell.width()), painter.fontMetrics());
  const QRectF box =
      middleOf(cell, narrow ? 36 * painter.fontMetrics().height() / 15.0 : cell.width() - 6, 22);
  painter.setPen(penOf(outline(index), 1));
  painter.setBrush(toQColor(theme_->control));
  painter.drawRoundedRect(box, 4, 4);
  const bool noisy = isNoisy(index);
  const QRectF left(box.left(), box.top(), box.width() / 2, box.height());
  const QRectF right = left.translated(box.width() / 2, 0);
  const QRectF present = narrow ? box : noisy ? left : right;
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(noisy || !narrow ? theme_->accent : theme_->control));
  painter.drawRoundedRect(present.adjusted(1, 1, -1, -1), 3, 3);
  const auto write = [&](const QRectF& place, const QString& word, bool on) {
    const bool filled = on && (noisy || !narrow);
    painter.setPen(toQColor(filled ? theme_->on_accent : theme_->text2));
    painter.drawText(place, Qt::AlignCenter, word);
  };
  if (narrow) return write(box, noisy ? "SDE" : "ODE", true);
  write(left, "SDE", noisy);
  write(right, "ODE", !noisy);
}

// A field where the step draws noise or the value says more than the plain one; else faint.
void ScheduleCells::paintField(QPainter& painter, const QRectF& cell,
                               const QModelIndex& index) const {
  const QString text = index.data().toString();
  const bool plain = !isNoisy(index) && outline(index) == theme_->border;
  if (!plain) {
    painter.setPen(penOf(outline(index), outline(index) == theme_->border ? 1 : 1.5));
    painter.setBrush(toQColor(theme_->control));
    painter.drawRoundedRect(middleOf(cell, 56, 24), 4, 4);
  }
  painter.setPen(toQColor(plain ? theme_->disabled : theme_->text));
  painter.drawText(cell, Qt::AlignCenter, text);
}

void ScheduleCells::paintCheck(QPainter& painter, const QRectF& cell,
                               const QModelIndex& index) const {
  const QRectF box = middleOf(cell, 15, 15);
  const bool on = index.data(Qt::EditRole).toBool();
  const Color around = outline(index);
  painter.setPen(penOf(around == theme_->border && isNoisy(index) ? theme_->text2 : around,
                       around == theme_->border ? 1 : 1.75));
  painter.setBrush(on ? QBrush(toQColor(theme_->accent)) : QBrush(Qt::NoBrush));
  painter.drawRoundedRect(box, 2.5, 2.5);
  if (!on) return;
  QPen pen = penOf(theme_->on_accent, 1.8);
  pen.setCapStyle(Qt::RoundCap);
  painter.setPen(pen);
  const QPointF corner = box.topLeft();
  painter.drawPolyline(QPolygonF{
      {corner + QPointF(3.4, 7.6), corner + QPointF(6.2, 10.4), corner + QPointF(11.4, 4.6)}});
}

void ScheduleCells::paintText(QPainter& painter, const QRectF& cell,
                              const QModelIndex& index) const {
  QFont font = painter.font();
  if (rowOf(index) == ScheduleRow::step) font.setWeight(QFont::DemiBold);
  const QString text = index.data().toString();
  constexpr int smallest = 11;
  if (QFontMetrics(font).horizontalAdvance(text) > cell.width() - 8)
    font.setPixelSize(std::max(smallest, QFontInfo(font).pixelSize() - 1));
  painter.setFont(font);
  painter.setPen(toQColor(rowOf(index) == ScheduleRow::step ? theme_->text : theme_->text2));
  if (painter.fontMetrics().horizontalAdvance(text) > cell.width() - 2)
    painter.drawText(cell, Qt::AlignCenter, text.section(' ', 0, 0));
  else
    painter.drawText(cell, Qt::AlignCenter, text);
}

QWidget* ScheduleCells::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                     const QModelIndex& index) const {
  if (rowOf(index) == ScheduleRow::noise) return new NoiseEditor(parent);
  if (rowOf(index) != ScheduleRow::children) return nullptr;
  auto* spin = new QSpinBox(parent);
  spin->setObjectName("scheduleChildrenSpin");
  spin->setAccessibleName(tr("Children of each node"));
  spin->setRange(1, most_children);
  spin->setProperty("small", true);
  return spin;
}

// The slider needs more room than a cell has: over its neighbours, within the table.
void ScheduleCells::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex& index) const {
  QRect box = option.rect;
  const int least = rowOf(index) == ScheduleRow::noise ? 190 : 58;
  if (box.width() < least) {
    const int room = editor->parentWidget()->width();
    box.setLeft(std::max(0, std::min(box.center().x() - least / 2, room - least)));
    box.setWidth(least);
  }
  editor->setGeometry(box);
}

}  // namespace treegrpo
