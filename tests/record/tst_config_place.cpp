#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "record/config_place.h"

using namespace treegrpo;

class TestConfigPlace : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  // What `placed` puts in front of a complaint about that config; the file is called C.
  QString place(const QByteArray& config, const std::string& complaint,
                const std::vector<std::string>& sets = {},
                ErrorKind kind = ErrorKind::configuration) {
    const QString path = folder_.filePath("c.toml");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return "unwritten";
    file.write(config);
    file.close();
    QString text = placed(Error(complaint, kind), path.toStdString(), sets).what();
    if (!text.endsWith(QString::fromStdString(complaint))) return "changed: " + text;
    text.chop(static_cast<int>(complaint.size()));
    return text.replace(path, "C");
  }

 private Q_SLOTS:
  void a_key_of_the_file_has_its_line() {
    QCOMPARE(place("[method]\nbranch = 2\nwindow = 12\n", "method.window = 12 does not fit"),
             QString("C line 3: "));
  }
  void of_two_keys_the_first_one_named_that_was_given_counts() {
    const std::string complaint = "method.window = 3 does not fit into sampler.steps = 3";
    QCOMPARE(place("[sampler]\nsteps = 3\n", complaint), QString("C line 2: "));
    QCOMPARE(place("[sampler]\nsteps = 3\n[method]\nwindow = 3\n", complaint),
             QString("C line 4: "));
  }
  void a_set_overrides_the_file_and_the_last_one_the_others() {
    QCOMPARE(place("[method]\nwindow = 3\n", "method.window is wrong",
                   {"method.window=11", "run.seed=1", "method.window=12"}),
             QString("--set method.window=12: "));
  }
  void a_key_is_not_found_in_a_longer_one() {
    QCOMPARE(place("[method]\nwindow = 3\nwindow_ratio = 0.5\n", "method.window_ratio is wrong"),
             QString("C line 3: "));
  }
  void a_list_has_the_line_of_its_first_item() {
    QCOMPARE(place("[run]\nseed = 1\n[[schedule.step]]\nbranch = 2\n",
                   "[[schedule.step]] is given, but method.name = 'treegrpo'"),
             QString("C line 3: "));
    QCOMPARE(place("\n[[reward]]\nweight = 2\n[[reward]]\nname = 'x'\n", "reward.name = 'x'"),
             QString("C line 5: "));
  }
  void an_item_that_is_named_by_number_has_its_own_line() {
    const QByteArray steps =
        "[[schedule.step]]\nbranch = 2\ntrain = true\n[[schedule.step]]\ntrain = true\n";
    QCOMPARE(place(steps, "schedule.step.0.train = true is wrong"), QString("C line 3: "));
    QCOMPARE(place(steps, "schedule.step.1.train = true is wrong"), QString("C line 5: "));
    QCOMPARE(place(steps, "schedule.step.2.train = true is wrong"), QString("C: "));
    QCOMPARE(place(steps, "schedule.step.1.branch = 1, see schedule.step.0.branch"),
             QString("C line 2: "));
    QCOMPARE(place(steps, "schedule.step.1.train is wrong", {"schedule.step.1.train=true"}),
             QString("--set schedule.step.1.train=true: "));
  }
  void keys_that_were_not_given_leave_the_file() {
    QCOMPARE(place("", "method.window is wrong"), QString("C: "));
  }
  void other_sentences_stay_as_they_are() {
    QCOMPARE(place("", "a run cannot be named '12'"), QString());
    QCOMPARE(place("[model]\npath = 'x'\n", "model.path is missing", {}, ErrorKind::failure),
             QString());
  }
};

QTEST_GUILESS_MAIN(TestConfigPlace)
#include "tst_config_place.moc"
