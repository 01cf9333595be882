// What one panel of a figure shows, as a form: its runs, places, metric, and its share of the page.
#pragma once

#include <QWidget>
#include <vector>

#include "figure/figure_recipe.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace treegrpo {

class FigurePanelForm : public QWidget {
  Q_OBJECT

 public:
  explicit FigurePanelForm(QWidget* parent = nullptr);

  // Names of the runs that may be chosen; one that a panel names beside them stays.
  void setRuns(const QStringList& runs);
  void setPanel(const FigurePanel& panel);
  const FigurePanel& panel() const { return panel_; }

 Q_SIGNALS:
  void changed(const treegrpo::FigurePanel& panel);

 private:
  void build();
  void buildPlaces();
  void buildPage();
  QComboBox* choice(const char* name, const QString& label, const QString& tip,
                    const QStringList& words);
  QLineEdit* numbers(const char* name, const QString& label, const QString& tip);
  QSpinBox* place(const char* name, const QString& label, const QString& tip);
  void showRows();
  void fill();
  void read();
  void showBand();
  QStringList checkedRuns() const;

  FigurePanel panel_;
  QStringList runs_;
  QFormLayout* form_;
  QListWidget* run_list_ = nullptr;
  QComboBox *run_ = nullptr, *metric_ = nullptr, *x_ = nullptr, *other_run_ = nullptr,
            *group_ = nullptr, *band_ = nullptr, *edges_ = nullptr, *order_ = nullptr,
            *leaf_ = nullptr, *share_ = nullptr, *pair_edges_ = nullptr;
  QCheckBox* show_runs_ = nullptr;
  QSpinBox *running_ = nullptr, *hoisted_ = nullptr, *iteration_ = nullptr, *prompt_ = nullptr,
           *other_iteration_ = nullptr, *seed_ = nullptr;
  QLineEdit *collapsed_ = nullptr, *iterations_ = nullptr, *prompts_ = nullptr;
  QDoubleSpinBox *smoothing_ = nullptr, *height_ = nullptr;
  bool filling_ = false;
};

}  // namespace treegrpo
