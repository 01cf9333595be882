#include "sample_records.h"
#include "store/run_notes.h"
#include "store/run_reader.h"
#include "store/run_trash.h"
#include "store/run_writer.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Runs 'first' and 'second'; the first has an iteration with a tree of four nodes.
void make_store(const std::filesystem::path& file) {
  RunWriter first(file);
  first.create_run(creation("first"));
  first.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
  first.set_status(RunStatus::finished);
  RunWriter second(file);
  second.create_run(creation("second"));
}

}  // namespace

class TestRunNotes : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_run_can_have_another_name() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    rename_run(store, {1}, "drei Würfel");
    RunReader reader(folder.file());
    QCOMPARE(reader.find_run("drei Würfel").run.value, 1);
    VERIFY_SAYS(reader.find_run("first"), "there is no run 'first'");
    rename_run(store, {1}, "drei Würfel");  // to its own name: nothing to complain of
  }

  void a_name_that_cannot_be_one_is_refused_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("taken") << QByteArray("second") << "there is a run named 'second' already";
    QTest::newRow("empty") << QByteArray("") << "at least one letter";
    QTest::newRow("number") << QByteArray("12") << "numbers are ids";
    QTest::newRow("slash") << QByteArray("a/b") << "no '/'";
    QTest::newRow("lines") << QByteArray("a\nb") << "one line";
    QTest::newRow("bytes") << QByteArray("a\xff") << "UTF-8";
    QTest::newRow("long") << QByteArray(201, 'x') << "at most 200 bytes";
  }
  void a_name_that_cannot_be_one_is_refused() {
    QFETCH(QByteArray, name);
    QFETCH(QString, reason);
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    VERIFY_SAYS(rename_run(store, {1}, name.toStdString()), reason);
    QCOMPARE(RunReader(folder.file()).runs()[0].name, std::string("first"));
  }

  void tags_are_added_once_and_removed_by_name() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    add_tags(store, {1}, std::vector<std::string>{"paper", "gut"});
    add_tags(store, {1}, std::vector<std::string>{"gut", "ärmlich"});
    add_tags(store, {2}, std::vector<std::string>{"paper"});
    RunReader reader(folder.file());
    QCOMPARE(reader.runs()[0].tags, (std::vector<std::string>{"gut", "paper", "ärmlich"}));
    QCOMPARE(reader.runs()[1].tags, std::vector<std::string>{"paper"});
    remove_tags(store, {1}, std::vector<std::string>{"gut"});
    QCOMPARE(reader.runs()[0].tags, (std::vector<std::string>{"paper", "ärmlich"}));
    // One that is not there: none is removed.
    VERIFY_SAYS(remove_tags(store, {1}, std::vector<std::string>{"paper", "gud"}),
                "the run 'first' has no tag \"gud\"; it has paper, ärmlich");
    QCOMPARE(reader.runs()[0].tags.size(), std::size_t{2});
    VERIFY_SAYS(remove_tags(store, {9}, {}), "there is no run 9");
  }

  void a_tag_is_one_word() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    for (const char* tag : {"", "two words", "a,b", "+plus", "-minus", "line\n", "\xff"}) {
      const std::vector<std::string> tags = {"good", tag};
      VERIFY_SAYS(add_tags(store, {1}, tags), "it is one word");
    }
    QVERIFY(RunReader(folder.file()).runs()[0].tags.empty());
  }

  void notes_are_about_a_run_or_a_part_of_it() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    const NotePlace node{.iteration = 0, .prompt = 0, .node = 3};
    const Note first = add_note(store, {1}, {}, "the window is too early");
    const Note second = add_note(store, {1}, node, "a fine\ncircle");
    RunReader reader(folder.file());
    const std::vector<Note> notes = reader.notes({1});
    QCOMPARE(notes.size(), std::size_t{2});
    QCOMPARE(notes[0].id, first.id);
    QVERIFY(notes[0].place == NotePlace{});
    QCOMPARE(notes[0].created, first.created);
    QCOMPARE(notes[1].text, std::string("a fine\ncircle"));
    QVERIFY(notes[1].place == node);
    QVERIFY(reader.notes({2}).empty());

    VERIFY_SAYS(remove_note(store, {2}, first.id), "the run 'second' has no note 1; it has none");
    remove_note(store, {1}, first.id);
    QCOMPARE(reader.notes({1}).at(0).id, second.id);
    for (const char* text : {"", " \n", "\xff"})
      QVERIFY(!sentence_of([&] { add_note(store, {1}, {}, text); }).isEmpty());
    QCOMPARE(reader.notes({1}).size(), std::size_t{1});
  }

  void a_place_that_is_not_there_is_answered_with_what_is() {
    const StoreFolder folder;
    make_store(folder.file());
    RunReader reader(folder.file());
    reader.check_place({1}, {});
    reader.check_place({1}, {.iteration = 0, .prompt = 0, .node = 3});
    VERIFY_SAYS(reader.check_place({1}, {.iteration = 4}), "it has 0 to 0");
    VERIFY_SAYS(reader.check_place({1}, {.iteration = 0, .prompt = 2}),
                "has no prompt 2; it has 0 to 0");
    VERIFY_SAYS(reader.check_place({1}, {.iteration = 0, .prompt = 0, .node = 9}),
                "has no node 9; it has 0 to 3");
    VERIFY_SAYS(reader.check_place({1}, {.prompt = 0}), "named with its iteration");
    VERIFY_SAYS(reader.check_place({1}, {.iteration = 0, .node = 0}), "with its iteration and");
  }

  void a_run_in_the_trash_is_left_as_it_is() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    delete_run(store, {1});
    const std::vector<std::string> tag = {"late"};
    VERIFY_SAYS(rename_run(store, {1}, "other"), "'treegrpo restore 1' brings it back");
    VERIFY_SAYS(add_tags(store, {1}, tag), "is in the trash");
    VERIFY_SAYS(remove_tags(store, {1}, tag), "is in the trash");
    VERIFY_SAYS(add_note(store, {1}, {}, "late"), "is in the trash");
  }
};

QTEST_GUILESS_MAIN(TestRunNotes)
#include "tst_run_notes.moc"
