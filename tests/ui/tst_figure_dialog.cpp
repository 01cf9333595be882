// The export dialog and the commands behind it, with runs of a fake engine; and the same figure
// without a window.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "studio/figure_export.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/figure_samples.h"
#include "views/figure_dialog.h"
#include "views/figure_shelf.h"
#include "window/figure_commands.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// What stands in the window, without the window; one run, of two iterations.
struct Desk {
  QTemporaryDir folder;
  QWidget window;
  Session session;
  Actions actions{&window};
  FigureCommands::Shown shown{
      .run = "one",
      .iteration = 1,
      .prompt = 1,
      .tree = {{TreePanel{.run = "one", .iteration = 1, .prompt = 1}}},
      .curves = {{CurvesPanel{.runs = {"one"}}}},
      .compared = {{PairPanel{.run = "one", .other_run = "one", .iteration = 1}}},
      .compared_curves = {}};
  FigureCommands figures{{session, actions, [this] { return shown; }, &window}};

  Desk()
      : session(std::filesystem::path(folder.path().toStdString()) / "runs.tgws",
                [] { return std::make_shared<FakeEngine>(FakeEngineOptions{}); }) {
    session.train(smallConfig(2, "one"));
  }

  FigureDialog* dialog() const { return window.findChild<FigureDialog*>(); }
  template <class Widget>
  Widget* part(const char* name) const {
    return dialog()->findChild<Widget*>(name);
  }
  bool idle() const { return session.state() == RunState::idle; }
  bool drawn() const { return dialog() && dialog()->figure(); }
  QString store() const { return QString::fromStdString(session.store().string()); }
  QString file(const char* name) const { return folder.filePath(name); }
};

void write(const QString& path, const std::string& text) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(QByteArray::fromStdString(text));
}

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString exportRefusal(const QString& recipe, const QString& store, const QString& out) {
  try {
    studio::exportFigure(recipe, store, out);
  } catch (const Error& error) {
    return QString::fromStdString(error.what());
  }
  return {};
}

}  // namespace

class TestFigureDialog : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_field_with_the_keyboard_tells_nothing_while_the_dialog_goes() {
    int asked = 0;
    {
      FigureRecipe recipe;
      recipe.panels = {{TreePanel{.run = "one"}}};
      FigureDialog dialog(recipe, {"one"});
      connect(&dialog, &FigureDialog::dataAsked, qApp, [&asked] { ++asked; });
      dialog.show();
      dialog.activateWindow();
      auto* field = dialog.findChild<QLineEdit*>("figure_collapsed");
      field->setFocus();
      QTRY_VERIFY(field->hasFocus());
      QTest::keyClicks(field, "3");
      asked = 0;
    }
    QCOMPARE(asked, 0);
  }

  void a_figure_begins_with_the_tree_that_is_shown_and_follows_what_is_chosen() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.actions[u"file.export_figure"]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    FigureDialog& dialog = *desk.dialog();
    QVERIFY(dialog.recipe().panels.front().content ==
            PanelContent(TreePanel{.run = "one", .iteration = 1, .prompt = 1}));
    QVERIFY(desk.part<QPushButton>("figure_export")->isEnabled());
    QCOMPARE(desk.part<QListWidget>("figure_checks")->count(), 4);
    desk.part<QSpinBox>("figure_prompt")->setValue(0);
    QTRY_VERIFY_WITH_TIMEOUT(dialog.figure()->recipe == dialog.recipe(), patience);
    QCOMPARE(std::get<TreePanel>(dialog.figure()->recipe.panels[0].content).prompt, 0);
    auto* venue = desk.part<QComboBox>("figure_venue");
    venue->setCurrentIndex(venue->findData("cvpr-column"));
    QTRY_COMPARE_WITH_TIMEOUT(dialog.figure()->page.width, 234.f, patience);
  }

  void panels_are_added_moved_and_removed() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.figures.exportCurves();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    const auto kinds = [&] {
      std::string text;
      for (const FigurePanel& panel : desk.dialog()->recipe().panels)
        text += std::string(kindOf(panel.content)) + " ";
      return text;
    };
    for (QAction* add : desk.part<QToolButton>("figure_add")->findChild<QMenu*>()->actions())
      if (add->text() == "Rewards of a tree" || add->text() == "Images") add->trigger();
    QCOMPARE(kinds(), std::string("curves images distributions "));
    desk.part<QToolButton>("figure_up")->click();
    QCOMPARE(kinds(), std::string("curves distributions images "));
    desk.part<QToolButton>("figure_remove")->click();
    QCOMPARE(kinds(), std::string("curves images "));
    QTRY_VERIFY_WITH_TIMEOUT(desk.dialog()->figure()->recipe == desk.dialog()->recipe(), patience);
  }

  void what_cannot_be_drawn_is_said_where_the_figure_would_be() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.figures.exportTree();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    desk.part<QSpinBox>("figure_iteration")->setValue(77);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.drawn(), patience);
    const QString said = desk.part<QLabel>("figure_picture")->text();
    QVERIFY2(said.startsWith("in panel 1 (tree) of the figure") && said.contains("77"),
             qPrintable(said));
    QVERIFY(!desk.part<QPushButton>("figure_export")->isEnabled());
    desk.part<QToolButton>("figure_remove")->click();
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.part<QLabel>("figure_picture")->text().contains("at least one panel"), patience);
  }

  void without_a_run_it_is_said_and_nothing_opens() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.shown.run.clear();
    QSignalSpy refused(&desk.figures, &FigureCommands::refused);
    desk.figures.exportTree();
    QCOMPARE(refused.count(), 1);
    QVERIFY(!desk.dialog());
  }

  void every_control_says_what_it_is() {
    const FigureDialog dialog(sampleRecipe(), {"tree", "flow"});
    for (const QWidget* widget : dialog.findChildren<QWidget*>())
      if (widget->objectName().startsWith("figure_") &&
          (qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget)) &&
          widget->objectName() != "figure_format")
        QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->objectName()));
  }

  void a_figure_without_a_window_is_the_one_of_the_dialog() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.figures.exportTree();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    writeFigure(*desk.dialog()->figure(), desk.file("window.pdf"));
    write(desk.file("fig.json"), jsonOf(desk.dialog()->recipe()));
    studio::exportFigure(desk.file("fig.json"), desk.store(), desk.file("alone.pdf"));
    QVERIFY(!contentOf(desk.file("alone.pdf")).isEmpty());
    QCOMPARE(contentOf(desk.file("alone.pdf")), contentOf(desk.file("window.pdf")));
  }

  void a_figure_is_kept_with_its_run_and_comes_back() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.figures.exportTree();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    FigureDialog& dialog = *desk.dialog();
    auto* name = desk.part<QLineEdit>("figure_name");
    auto* keep = desk.part<QPushButton>("figure_keep");
    auto* list = desk.part<QListWidget>("figure_kept");
    QTRY_COMPARE_WITH_TIMEOUT(name->text(), QString("figure-1"), patience);
    QVERIFY(!list->isVisibleTo(&dialog));
    name->setText("fig 2");
    QCOMPARE(keep->text(), QString("Save with run"));
    keep->click();
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QVERIFY(desk.part<QLabel>("figure_command")->text().contains("--export-figure 'one/fig 2'"));
    QCOMPARE(keep->text(), QString("Replace"));
    const FigureRecipe kept = dialog.recipe();
    // Without a window: the same bytes.
    QTRY_VERIFY_WITH_TIMEOUT(dialog.figure()->recipe == kept, patience);
    writeFigure(*dialog.figure(), desk.file("window.pdf"));
    studio::exportFigure("one/fig 2", desk.store(), desk.file("alone.pdf"));
    QVERIFY(!contentOf(desk.file("alone.pdf")).isEmpty());
    QCOMPARE(contentOf(desk.file("alone.pdf")), contentOf(desk.file("window.pdf")));
    // Another recipe in the dialog, then back.
    desk.part<QSpinBox>("figure_prompt")->setValue(0);
    QVERIFY(!(dialog.recipe() == kept));
    QVERIFY(desk.part<QLabel>("figure_command")->text().contains("RECIPE"));
    list->setCurrentRow(0);
    desk.part<QToolButton>("figure_kept_open")->click();
    QVERIFY(dialog.recipe() == kept);
    QTRY_VERIFY_WITH_TIMEOUT(dialog.figure()->recipe == kept, patience);
  }

  void a_kept_figure_is_renamed_deleted_and_brought_back() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.figures.exportTree();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    auto* list = desk.part<QListWidget>("figure_kept");
    QTRY_VERIFY_WITH_TIMEOUT(desk.part<QPushButton>("figure_keep")->isEnabled(), patience);
    desk.part<QPushButton>("figure_keep")->click();
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(list->currentRow() == 0, patience);
    list->item(0)->setText("scaling");
    const auto names = [&] {
      std::vector<std::string> names;
      Workbench workbench(desk.store().toStdString(), {});
      for (const StoredFigure& figure : workbench.figures({1})) names.push_back(figure.name);
      return names;
    };
    QTRY_COMPARE_WITH_TIMEOUT(names(), std::vector<std::string>{"scaling"}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(list->item(0)->data(Qt::UserRole).toString(), QString("scaling"),
                              patience);
    list->setCurrentRow(0);
    desk.part<QToolButton>("figure_kept_remove")->click();
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 0, patience);
    QVERIFY(names().empty());
    auto* undo = desk.part<QToolButton>("figure_kept_undo");
    QVERIFY(undo->isVisibleTo(desk.dialog()));
    undo->click();
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QCOMPARE(names(), std::vector<std::string>{"scaling"});
    QVERIFY(!undo->isVisibleTo(desk.dialog()));
  }

  void a_workspace_that_can_only_be_read_says_why_nothing_is_saved() {
    FigureShelf shelf;
    const QSignalSpy saved(&shelf, &FigureShelf::saveAsked);
    const StoredFigure kept{.id = 1, .run = {1}, .name = "fig2", .recipe = "{}", .created = {}};
    shelf.setProblem("This workspace can only be read");
    shelf.setFigures("one", {kept});
    auto* keep = shelf.findChild<QPushButton*>("figure_keep");
    QVERIFY(!keep->isEnabled() && keep->toolTip().contains("can only be read"));
    auto* list = shelf.findChild<QListWidget*>("figure_kept");
    list->setCurrentRow(0);
    QVERIFY(!(list->item(0)->flags() & Qt::ItemIsEditable));
    QVERIFY(!shelf.findChild<QToolButton*>("figure_kept_remove")->isEnabled());
    QVERIFY(shelf.findChild<QToolButton*>("figure_kept_open")->isEnabled());
    keep->click();
    QCOMPARE(saved.count(), 0);
    shelf.setProblem({});
    shelf.setFigures("one", {kept});
    QVERIFY(keep->isEnabled());
    keep->click();
    QCOMPARE(saved.count(), 1);
  }

  void a_figure_that_is_replaced_can_be_brought_back() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    desk.figures.exportTree();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    auto* keep = desk.part<QPushButton>("figure_keep");
    QTRY_VERIFY_WITH_TIMEOUT(keep->isEnabled(), patience);
    keep->click();
    QTRY_COMPARE_WITH_TIMEOUT(keep->text(), QString("Replace"), patience);
    const auto prompt = [&] {
      Workbench workbench(desk.store().toStdString(), {});
      const FigureRecipe recipe = recipeFrom(workbench.figure({1}, "figure-1").recipe, "x");
      return std::get<TreePanel>(recipe.panels[0].content).prompt;
    };
    desk.part<QSpinBox>("figure_prompt")->setValue(0);
    keep->click();
    QTRY_COMPARE_WITH_TIMEOUT(prompt(), 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(desk.part<QToolButton>("figure_kept_undo")->isVisibleTo(desk.dialog()),
                             patience);
    desk.part<QToolButton>("figure_kept_undo")->click();
    QTRY_COMPARE_WITH_TIMEOUT(prompt(), 1, patience);
  }

  void what_a_view_shows_is_what_the_dialog_opens_with() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    QSignalSpy refused(&desk.figures, &FigureCommands::refused);
    desk.actions[u"compare.export_curves"]->trigger();
    QCOMPARE(refused.count(), 1);
    QVERIFY(!desk.dialog());
    desk.actions[u"compare.export_figure"]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(desk.drawn(), patience);
    QVERIFY(desk.dialog()->recipe().panels == desk.shown.compared);
  }

  void a_node_that_a_tree_has_not_is_said() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    std::get<TreePanel>(desk.shown.tree[0].content).collapsed = {99999};
    desk.figures.exportTree();
    QTRY_VERIFY_WITH_TIMEOUT(desk.dialog(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(desk.part<QLabel>("figure_picture")->text().contains("no node 99999"),
                             patience);
  }

  void an_export_that_cannot_be_is_refused_in_a_sentence() {
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(desk.idle(), patience);
    FigureRecipe gone;
    gone.panels = {{TreePanel{.run = "gone"}}};
    write(desk.file("gone.json"), jsonOf(gone));
    const QString out = desk.file("x.pdf");
    QVERIFY(exportRefusal(desk.file("gone.json"), desk.store(), out).contains("gone"));
    QVERIFY(exportRefusal(desk.file("none.json"), desk.store(), out).contains("cannot be read"));
    QVERIFY(exportRefusal("one/none", desk.store(), out).contains("has no figure"));
    QVERIFY(exportRefusal("two/none", desk.store(), out).contains("there is no run 'two'"));
    QVERIFY(exportRefusal(desk.file("gone.json"), desk.store(), "x.doc").contains("no format"));
    QVERIFY(exportRefusal(desk.file("gone.json"), desk.file("no.tgws"), out).contains("no.tgws"));
    QVERIFY(!QFile::exists(out));
  }
};

QTEST_MAIN(TestFigureDialog)
#include "tst_figure_dialog.moc"
