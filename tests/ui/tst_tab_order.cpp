// Tab goes through every dock and dialog, in the order in which they are read, and never gets
// stuck; what has the keyboard looks otherwise than without it.
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QScrollArea>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

constexpr int most_inside = 12;  // steps within one part, such as links of a text

QString told(const QWidget& widget) {
  return QLatin1String(widget.metaObject()->className()) + ' ' + widget.objectName() + " '" +
         widget.accessibleName() + "'";
}

QRect placeIn(const QWidget& root, const QWidget& widget) {
  return {widget.mapTo(&root, QPoint(0, 0)), widget.size()};
}

// What Tab is to reach: of buttons that exclude each other Qt gives it to one.
QList<QWidget*> reachable(QWidget& root) {
  QList<QWidget*> found;
  for (QWidget* widget : root.findChildren<QWidget*>()) {
    const auto* button = qobject_cast<QAbstractButton*>(widget);
    if (button && button->autoExclusive()) continue;
    if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy()) continue;
    if (!widget->isVisible() || !widget->isEnabled() || widget->window() != root.window()) continue;
    found << widget;
  }
  return found;
}

// Whether the later of two is read before the earlier one; where a view scrolls, as it stands.
bool isBackward(const QWidget& root, const QWidget& earlier, const QWidget& later) {
  const QRect before = placeIn(root, earlier), now = placeIn(root, later);
  const bool above = now.bottom() <= before.top() && now.left() < before.right();
  const bool back = now.right() <= before.left() && now.bottom() <= before.bottom() &&
                    now.top() < before.bottom();
  return above || back;
}

// What has the keyboard in turn, from the first part of a root on, until it leaves or comes again;
// what comes too late is told.
QList<QWidget*> walked(QWidget& root, QStringList& faults) {
  constexpr int most_steps = 300;
  QWidget* first = nullptr;
  const QList<QWidget*> all = reachable(root);
  for (QWidget* at = root.nextInFocusChain(); at != &root && !first; at = at->nextInFocusChain())
    if (all.contains(at)) first = at;
  if (!first) return {};
  first->setFocus(Qt::TabFocusReason);
  QList<QWidget*> order;
  for (int step = 0; step < most_steps; ++step) {
    QWidget* now = QApplication::focusWidget();
    if (!now || !root.isAncestorOf(now) || order.contains(now)) {
      if (order.isEmpty() || now != order.last()) break;
      order << now;  // stuck, or among the cells of a table
      if (order.count(now) > most_inside) break;
    } else {
      if (!order.isEmpty() && isBackward(root, *order.last(), *now))
        faults << root.objectName() + ": " + told(*now) + " comes after " + told(*order.last());
      order << now;
    }
    QTest::keyClick(now, Qt::Key_Tab);
  }
  return order;
}

// Empty where all is well.
QStringList faultsOf(QWidget& root) {
  QStringList faults;
  const QList<QWidget*> all = reachable(root), order = walked(root, faults);
  for (QWidget* widget : all)
    if (!order.contains(widget)) faults << root.objectName() + ": never reached " + told(*widget);
  for (QWidget* widget : order)
    if (all.size() > 1 && order.count(widget) > most_inside) {
      faults << root.objectName() + ": Tab is stuck in " + told(*widget);
      break;
    }
  if (qEnvironmentVariableIsSet("TREEGRPO_TELL_TABS"))
    for (QWidget* widget : order) qInfo().noquote() << root.objectName() << told(*widget);
  return faults;
}

}  // namespace

class TestTabOrder : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    test::useOwnSettings(folder_.path());
  }

  void a_wrong_order_is_found() {
    QWidget root;
    root.setObjectName("root");
    auto* lower = new QComboBox(&root);
    auto* upper = new QComboBox(&root);
    auto* last = new QComboBox(&root);
    last->setGeometry(0, 150, 80, 20);
    lower->setGeometry(0, 100, 80, 20);
    upper->setGeometry(0, 10, 80, 20);
    root.show();
    QApplication::setActiveWindow(&root);
    QCOMPARE(faultsOf(root).size(), 1);
    QWidget::setTabOrder(upper, lower);
    QVERIFY2(faultsOf(root).isEmpty(), qPrintable(faultsOf(root).join('\n')));
  }

  void every_dock_is_walked_in_reading_order() {
    const auto window = open();
    QStringList faults;
    int docks = 0;
    for (QDockWidget* dock : window->findChildren<QDockWidget*>()) {
      dock->show();
      dock->raise();
      QTest::qWait(20);
      if (reachable(*dock->widget()).isEmpty()) continue;
      ++docks;
      if (dock->widget()->objectName().isEmpty()) dock->widget()->setObjectName(dock->objectName());
      faults << faultsOf(*dock->widget());
    }
    QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
    QVERIFY2(docks >= 8, qPrintable(QString::number(docks)));
    close(*window);
  }

  void every_dialog_is_walked_in_reading_order() {
    const auto window = open();
    QStringList faults;
    int dialogs = 0;
    for (const char* name :
         {"file.preferences", "file.shortcuts", "file.free_space", "run.new", "run.prompts",
          "run.sample", "help.guide", "help.keys", "file.export_figure", "compare.library"}) {
      const auto look = [&] {
        for (QWidget* top : QApplication::topLevelWidgets()) {
          const bool other = top != window.get() && top->isVisible() && top->isWindow() &&
                             !top->inherits("QDockWidget") && !top->inherits("QMenu");
          if (!other || reachable(*top).isEmpty()) continue;
          QApplication::setActiveWindow(top);
          if (!top->inherits("QFileDialog") && !top->inherits("QMessageBox")) {
            ++dialogs;
            faults << faultsOf(*top);
          }
          top->close();
        }
      };
      QTimer::singleShot(300, window.get(), look);  // while a modal one holds the action
      window->actions()[QString::fromLatin1(name)]->trigger();
      QTest::qWait(400);
      look();
    }
    QVERIFY2(faults.isEmpty(), qPrintable('\n' + faults.join('\n')));
    QVERIFY2(dialogs >= 9, qPrintable(QString::number(dialogs)));
    close(*window);
  }

 private:
  std::unique_ptr<MainWindow> open() {
    auto window = std::make_unique<MainWindow>((folder_.path() + "/tabs.tgws").toStdString(),
                                               [] { return std::make_unique<FakeEngine>(); },
                                               Preferences{}, CanvasKind::software);
    window->resize(1600, 1000);
    window->show();
    QApplication::setActiveWindow(window.get());
    window->session().train(smallConfig(2));
    QTest::qWait(50);
    for (int wait = 0; wait < 200 && window->session().state() != RunState::idle; ++wait)
      QTest::qWait(50);
    QTest::qWait(200);
    return window;
  }

  static void close(MainWindow& window) {
    window.closeWithoutAsking();
    QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), patience);
  }

  QTemporaryDir folder_;
};

QTEST_MAIN(TestTabOrder)
#include "tst_tab_order.moc"
