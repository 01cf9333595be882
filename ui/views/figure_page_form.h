// The page and the file of a figure as a form: venue, width, format and the switches that go with
// it.
#pragma once

#include <QWidget>

#include "figure/figure_files.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;

namespace treegrpo {

class FigurePageForm : public QWidget {
  Q_OBJECT

 public:
  explicit FigurePageForm(QWidget* parent = nullptr);

  // Panels are left alone both ways.
  void setRecipe(const FigureRecipe& recipe);
  void writeTo(FigureRecipe& recipe) const;

  FigureFormat format() const;
  bool csvBeside() const;  // write the numbers too

 Q_SIGNALS:
  void changed();

 private:
  void fillFonts();
  QCheckBox* check(const char* name, const QString& words, const QString& tip);
  void tell();
  void showRows();

  QFormLayout* form_;
  QComboBox *venue_, *font_, *format_, *dpi_;
  QDoubleSpinBox *width_, *text_;
  QCheckBox *letters_, *sharp_, *outlines_, *provenance_, *csv_;
  bool filling_ = false;
};

}  // namespace treegrpo
