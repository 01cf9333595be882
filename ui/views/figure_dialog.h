// Export figure: a preview beside what the figure is made of, the checks of venues beneath it, and
// the buttons that write it. It holds a recipe; whoever opened it reads the data that this needs.
#pragma once

#include <QDialog>
#include <QStringList>
#include <optional>

#include "figure/figure_files.h"
#include "style/theme.h"

class QLabel;
class QListWidget;
class QPushButton;
class QTabBar;
class QToolButton;

namespace treegrpo {

class FigurePageForm;
class FigurePanelForm;
class FigurePreview;
class FigureShelf;

class FigureDialog : public QDialog {
  Q_OBJECT

 public:
  FigureDialog(const FigureRecipe& recipe, const QStringList& runs, QWidget* parent = nullptr);
  ~FigureDialog() override;

  const FigureRecipe& recipe() const { return recipe_; }
  void setRecipe(const FigureRecipe& recipe);
  // What a new panel begins with: the run and tree that the window shows.
  void setPlace(const std::string& run, std::int32_t iteration, std::int32_t prompt);
  // For the command that makes the same figure: the store it reads.
  void setStore(const QString& store);

  // The recipe is kept under that name, as it is.
  void setKept(const QString& name);
  FigureShelf& shelf() { return *shelf_; }

  // The answer to dataAsked: what there is to draw, or why there is nothing.
  void setFigure(Figure figure);
  void setProblem(const QString& sentence);
  // Said in the line above the buttons.
  void say(const QString& sentence);

  const std::optional<Figure>& figure() const { return figure_; }
  const std::vector<FigureCheck>& checks() const { return checks_; }

 Q_SIGNALS:
  // The recipe changed: its data are to be read.
  void dataAsked();
  // Writes the figure, and where wanted its numbers; the recipe; reads another one.
  void exportAsked(treegrpo::FigureFormat format, bool csv);
  void saveAsked();
  void openAsked();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makePreview();
  QWidget* makeOptions();
  QWidget* makePanelList();
  QWidget* makeChecks();
  QWidget* makeButtons();
  QToolButton* addButton();
  void addPanel(const PanelContent& content);
  void removePanel();
  void movePanel(int by);
  void fillList(int row);
  void showPanel(int row);
  void changed();
  void showChecks();
  void showSize();
  void showCommand();
  void copy();

  FigureRecipe recipe_;
  std::optional<Figure> figure_;
  std::vector<FigureCheck> checks_;
  std::string run_;
  std::int32_t iteration_ = 0, prompt_ = 0;
  QString store_;
  FigurePreview* preview_ = nullptr;
  FigurePanelForm* panel_form_ = nullptr;
  FigurePageForm* page_form_ = nullptr;
  FigureShelf* shelf_ = nullptr;
  QListWidget *panels_ = nullptr, *check_list_ = nullptr;
  QLabel *size_ = nullptr, *said_ = nullptr, *command_ = nullptr;
  QPushButton *export_ = nullptr, *copy_ = nullptr, *save_ = nullptr;
  QToolButton *remove_ = nullptr, *up_ = nullptr, *down_ = nullptr;
  bool asked_ = false;
};

}  // namespace treegrpo
