#include "views/figure_page_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QScopedValueRollback>

#include "figure/venue.h"

namespace treegrpo {
namespace {

constexpr const char* format_names[] = {"PDF", "SVG", "PNG", "PGF (LaTeX)"};  // as FigureFormat
constexpr double own_text = 3.5, most_text = 20;  // points; the first stands for the panels' own
constexpr const char* serif = "DejaVu Serif Condensed";  // free, installed with the program
constexpr int resolutions[] = {300, 600, 1200};

}  // namespace

FigurePageForm::FigurePageForm(QWidget* parent)
    : QWidget(parent),
      form_(new QFormLayout(this)),
      venue_(new QComboBox),
      font_(new QComboBox),
      format_(new QComboBox),
      dpi_(new QComboBox),
      width_(new QDoubleSpinBox),
      text_(new QDoubleSpinBox) {
  setObjectName("figure_page_form");
  form_->setContentsMargins(0, 0, 0, 0);
  venue_->setObjectName("figure_venue");
  venue_->setToolTip(tr("The width of the text or column of its style file"));
  for (const Venue& one : venues())
    venue_->addItem(tr("%1, %2 in").arg(tr(one.title)).arg(one.inches), QLatin1String(one.name));
  form_->addRow(tr("&Venue"), venue_);
  width_->setObjectName("figure_width");
  width_->setToolTip(tr("Of the figure, from 20 mm on; the venue's where it is 0"));
  width_->setRange(0, 400);
  width_->setSpecialValueText(tr("the venue's"));
  width_->setSuffix(tr(" mm"));
  width_->setKeyboardTracking(false);
  form_->addRow(tr("Wi&dth"), width_);
  font_->setObjectName("figure_font");
  font_->setToolTip(tr("Of all text; files of PDF hold it. PGF has the paper's own"));
  font_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  fillFonts();
  form_->addRow(tr("F&ont"), font_);
  text_->setObjectName("figure_text");
  text_->setToolTip(
      tr("Of the smallest text, in points; what is drawn grows with it. Venues ask "
         "for 6 pt at least"));
  text_->setRange(own_text, most_text);
  text_->setDecimals(1);
  text_->setSingleStep(.5);
  text_->setSpecialValueText(tr("6.5 to 7 pt"));
  text_->setSuffix(tr(" pt"));
  text_->setKeyboardTracking(false);
  form_->addRow(tr("&Text"), text_);
  letters_ =
      check("figure_letters", tr("Letters (a), (b), …"), tr("Where there are several panels"));
  format_->setObjectName("figure_format");
  for (const char* name : format_names) format_->addItem(tr(name));
  form_->addRow(tr("&Format"), format_);
  dpi_->setObjectName("figure_dpi");
  dpi_->setToolTip(tr("Pixels an inch of a PNG"));
  for (const int dpi : resolutions) dpi_->addItem(QString::number(dpi), dpi);
  form_->addRow(tr("Pixels an &inch"), dpi_);
  outlines_ = check("figure_outlines", tr("Text as outlines"),
                    tr("An SVG then needs no font where it is shown"));
  sharp_ = check("figure_sharp", tr("Keep pixels sharp"),
                 tr("Pictures are enlarged by whole factors until they print at 300 dpi"));
  provenance_ = check("figure_provenance", tr("Provenance in the metadata"),
                      tr("Runs, seeds, configs, version and this recipe; off for blind review"));
  csv_ = check("figure_csv", tr("CSV of the numbers beside it"),
               tr("What is plotted, as a table of the same name"));
  connect(venue_, &QComboBox::currentIndexChanged, this, &FigurePageForm::tell);
  connect(format_, &QComboBox::currentIndexChanged, this, &FigurePageForm::tell);
  connect(dpi_, &QComboBox::currentIndexChanged, this, &FigurePageForm::tell);
  connect(font_, &QComboBox::currentIndexChanged, this, &FigurePageForm::tell);
  connect(text_, &QDoubleSpinBox::valueChanged, this, &FigurePageForm::tell);
  connect(width_, &QDoubleSpinBox::valueChanged, this, &FigurePageForm::tell);
  setRecipe({});
}

// Ours, a serif, then those of the system; as data the family.
void FigurePageForm::fillFonts() {
  font_->addItem(tr("Studio Sans"), QString());
  if (QFontDatabase::hasFamily(serif)) font_->addItem(tr("%1").arg(serif), QLatin1String(serif));
  for (const QString& family : QFontDatabase::families())
    if (QFontDatabase::isSmoothlyScalable(family) && font_->findText(family) < 0)
      font_->addItem(family, family);
}

QCheckBox* FigurePageForm::check(const char* name, const QString& words, const QString& tip) {
  auto* box = new QCheckBox(words);
  box->setObjectName(name);
  box->setToolTip(tip);
  form_->addRow(box);
  connect(box, &QCheckBox::toggled, this, &FigurePageForm::tell);
  return box;
}

void FigurePageForm::tell() {
  if (filling_) return;
  showRows();
  Q_EMIT changed();
}

void FigurePageForm::showRows() {
  form_->setRowVisible(dpi_, format() == FigureFormat::png);
  form_->setRowVisible(outlines_, format() == FigureFormat::svg);
}

void FigurePageForm::setRecipe(const FigureRecipe& recipe) {
  const QScopedValueRollback<bool> filling(filling_, true);
  venue_->setCurrentIndex(std::max(0, venue_->findData(QString::fromStdString(recipe.venue))));
  width_->setValue(recipe.width_mm);
  const QString family = QString::fromStdString(recipe.font);
  if (font_->findData(family) < 0) font_->addItem(family, family);
  font_->setCurrentIndex(font_->findData(family));
  text_->setValue(std::max(own_text, recipe.text_pt));
  letters_->setChecked(recipe.letters);
  sharp_->setChecked(recipe.sharp_pixels);
  outlines_->setChecked(recipe.outlines);
  provenance_->setChecked(recipe.provenance);
  if (dpi_->findData(recipe.dpi) < 0) dpi_->addItem(QString::number(recipe.dpi), recipe.dpi);
  dpi_->setCurrentIndex(dpi_->findData(recipe.dpi));
  showRows();
}

void FigurePageForm::writeTo(FigureRecipe& recipe) const {
  recipe.venue = venue_->currentData().toString().toStdString();
  recipe.width_mm = width_->value();
  recipe.font = font_->currentData().toString().toStdString();
  recipe.text_pt = text_->value() > own_text ? text_->value() : 0;
  recipe.letters = letters_->isChecked();
  recipe.sharp_pixels = sharp_->isChecked();
  recipe.outlines = outlines_->isChecked();
  recipe.provenance = provenance_->isChecked();
  recipe.dpi = dpi_->currentData().toInt();
}

FigureFormat FigurePageForm::format() const {
  return static_cast<FigureFormat>(format_->currentIndex());
}

bool FigurePageForm::csvBeside() const { return csv_->isChecked(); }

}  // namespace treegrpo
