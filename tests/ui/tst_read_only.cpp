// The window on a workspace that it may not write. Whoever runs these tests may be allowed to write
// everything, as root is: they give up that right first.
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QApplication>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "views/message_strip.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

// From now on the modes of files hold for this process too.
bool obeyFileModes() {
  constexpr unsigned override = 1u << CAP_DAC_OVERRIDE;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
  if (::syscall(SYS_capget, &header, sets) != 0) return false;
  sets[0].effective &= ~override;
  sets[0].permitted &= ~override;
  return ::syscall(SYS_capset, &header, sets) == 0;
}

Workbench::LoadEngine fake() {
  return [] { return std::make_shared<FakeEngine>(); };
}

}  // namespace

class TestReadOnly : public QObject {
  Q_OBJECT

  QTemporaryDir settings_;
  QTemporaryDir folder_;

  QByteArray path() const { return folder_.path().toUtf8(); }
  QString file() const { return folder_.filePath("runs.tgws"); }

 private Q_SLOTS:
  void initTestCase() {
    test::useOwnSettings(settings_.path());
    RunControl control;
    Workbench(file().toStdString(), fake()).train(smallConfig(3), control, [](RunId, const Event&) {
    });
  }
  void cleanupTestCase() { QCOMPARE(::chmod(path(), 0755), 0); }  // so that it can be removed

  void what_may_not_be_written_is_shown_and_says_why_data() {
    QTest::addColumn<int>("folder");
    QTest::addColumn<int>("file");
    QTest::newRow("folder") << 0555 << 0644;
    QTest::newRow("file") << 0755 << 0444;
    QTest::newRow("both") << 0555 << 0444;
  }
  void what_may_not_be_written_is_shown_and_says_why() {
    QFETCH(int, folder);
    QFETCH(int, file);
    QCOMPARE(::chmod(this->file().toUtf8(), static_cast<mode_t>(file)), 0);
    QCOMPARE(::chmod(path(), static_cast<mode_t>(folder)), 0);
    MainWindow window(this->file().toStdString(), fake(), Preferences{}, CanvasKind::software);
    window.show();
    window.openStore(true);
    QTRY_VERIFY_WITH_TIMEOUT(window.focus().tree(), patience);
    const auto* strip = window.findChild<MessageStrip*>();
    QTRY_VERIFY_WITH_TIMEOUT(strip->sentence().contains("read-only"), patience);
    for (const char* name : {"run.toggle", "run.new", "run.resume", "file.free_space",
                             "tree.regrow", "tree.more_leaves"}) {
      QAction* action = window.findChild<QAction*>(name);
      QVERIFY2(!action->isEnabled(), name);
      QVERIFY2(action->toolTip().contains("read-only"), name);
      action->setEnabled(true);  // whoever does, it stays as it is
      QVERIFY2(!action->isEnabled(), name);
    }
    QVERIFY(window.findChild<QAction*>("run.sample")->isEnabled());  // it stores nothing
    QVERIFY(!window.findChild<QPushButton*>("jobCancel")->isEnabled());
    QCOMPARE(::chmod(path(), 0755), 0);
    QCOMPARE(::chmod(this->file().toUtf8(), 0644), 0);
  }

  void what_may_be_written_is_not_hindered() {
    MainWindow window(file().toStdString(), fake(), Preferences{}, CanvasKind::software);
    window.show();
    window.openStore(true);
    QTRY_VERIFY_WITH_TIMEOUT(window.focus().tree(), patience);
    QVERIFY(window.findChild<QAction*>("run.new")->isEnabled());
    QVERIFY(!window.findChild<MessageStrip*>()->sentence().contains("read-only"));
  }
};

int main(int argc, char** argv) {
  if (!obeyFileModes()) return 1;
  QApplication application(argc, argv);
  TestReadOnly test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_read_only.moc"
