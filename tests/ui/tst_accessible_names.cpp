// Whatever can have the keyboard has a name for those who do not see it.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSet>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "support/fake_engine.h"
#include "ui/own_settings.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;

namespace {

// Parts that Qt makes for itself: the field of a box, the ground of a scroll area, a tab's bar.
bool isPart(const QWidget& widget) {
  if (widget.objectName().startsWith("qt_")) return true;
  const QWidget* parent = widget.parentWidget();
  if (parent && parent->inherits("QComboBoxPrivateContainer")) return true;
  return qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent) ||
         qobject_cast<const QAbstractItemView*>(parent);
}

QString nameOf(const QWidget& widget) {
  if (!widget.accessibleName().isEmpty()) return widget.accessibleName();
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
  if (const auto* group = qobject_cast<const QGroupBox*>(&widget)) return group->title();
  // One whose text can be selected; empty it says nothing to anybody.
  if (qobject_cast<const QLabel*>(&widget)) return QStringLiteral("label");
  for (const QLabel* label : widget.window()->findChildren<QLabel*>())
    if (label->buddy() == &widget) return label->text();
  return {};
}

// What can be reached by Tab or by a click, without a name: as "class objectName in parent".
QStringList nameless(const QWidget& root) {
  QStringList found;
  for (const QWidget* widget : root.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || isPart(*widget) || !nameOf(*widget).isEmpty())
      continue;
    QString line = QLatin1String(widget->metaObject()->className()) + ' ' + widget->objectName();
    if (const QWidget* parent = widget->parentWidget())
      line += QStringLiteral(" in ") + QLatin1String(parent->metaObject()->className()) + ' ' +
              parent->objectName();
    found << line;
  }
  return found;
}

}  // namespace

class TestAccessibleNames : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    test::useOwnSettings(folder_.path());
  }

  void a_widget_without_a_name_is_found() {
    QWidget root;
    auto* field = new QLineEdit(&root);
    QCOMPARE(nameless(root).size(), 1);
    auto* label = new QLabel("Name", &root);
    label->setBuddy(field);
    QVERIFY(nameless(root).isEmpty());
    label->setBuddy(nullptr);
    field->setAccessibleName("Name");
    QVERIFY(nameless(root).isEmpty());
  }

  void all_of_the_window_and_its_docks_has_names() {
    const auto window = open();
    QVERIFY(window->findChildren<QDockWidget*>().size() >= 10);
    QTRY_VERIFY2(nameless(*window).isEmpty(), qPrintable(nameless(*window).join('\n')));
  }

  void every_dialog_has_names() {
    const auto window = open();
    int dialogs = 0;
    QString missing;
    for (const char* name :
         {"view.palette", "file.preferences", "file.free_space", "run.new", "run.prompts",
          "run.sample", "file.shortcuts", "help.guide", "help.keys"})
      missing += openedBy(*window, QLatin1String(name), dialogs);
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    QVERIFY2(dialogs >= 7, qPrintable(QString::number(dialogs)));
  }

 private:
  // The widgets without names of the dialogs that an action opens; closes them.
  static QString openedBy(MainWindow& window, const QString& action, int& dialogs) {
    QStringList missing;
    const auto look = [&] {
      for (QWidget* top : QApplication::topLevelWidgets()) {
        auto* dialog = qobject_cast<QDialog*>(top);
        if (!dialog || !dialog->isVisible()) continue;
        if (!dialog->inherits("QFileDialog") && !dialog->inherits("QMessageBox")) {
          missing << nameless(*dialog);
          ++dialogs;
        }
        dialog->close();
      }
    };
    QTimer::singleShot(0, &window, look);  // while a modal dialog holds this function
    window.actions()[action]->trigger();
    QTest::qWait(0);
    look();
    QTest::qWait(0);
    return missing.join('\n');
  }

  std::unique_ptr<MainWindow> open() {
    auto window = std::make_unique<MainWindow>((folder_.path() + "/names.tgws").toStdString(),
                                               [] { return std::make_unique<FakeEngine>(); },
                                               Preferences{}, CanvasKind::software);
    window->show();
    return window;
  }

  QTemporaryDir folder_;
};

QTEST_MAIN(TestAccessibleNames)
#include "tst_accessible_names.moc"
