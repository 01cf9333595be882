// Recipes of figures kept with runs: written, renamed, removed, and true to the names of runs.
#include "sample_records.h"
#include "store/run_figures.h"
#include "store/run_notes.h"
#include "store/run_reader.h"
#include "store/run_trash.h"
#include "store/run_writer.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const std::string recipe =
    "{\n  \"figure\": 1,\n  \"panels\": [\n    {\n      \"kind\": \"curves\",\n      \"runs\": [\n"
    "        \"first\",\n        \"second\"\n      ],\n      \"metric\": \"first\"\n    }\n  "
    "]\n}\n";

// Runs 'first' and 'second'.
void make_store(const std::filesystem::path& file) {
  for (const char* name : {"first", "second"}) {
    RunWriter writer(file);
    writer.create_run(creation(name));
    writer.set_status(RunStatus::finished);
  }
}

}  // namespace

class TestRunFigures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_figure_is_read_as_it_was_written_and_replaced_by_name() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    const StoredFigure written =
        put_figure(store, {.run = {1}, .name = "fig 2/b", .recipe = recipe, .created = {}});
    QVERIFY(written.id > 0 && !written.created.empty());
    put_figure(store, {.run = {1}, .name = "a", .recipe = "{}", .created = "2026-03-01T12:00:00Z"});
    RunReader reader(folder.file());
    QCOMPARE(reader.figures({1}).size(), std::size_t{2});
    QCOMPARE(reader.figures({1})[0].name, std::string("a"));
    QCOMPARE(reader.figures({1})[0].created, std::string("2026-03-01T12:00:00Z"));
    QVERIFY(reader.figure({1}, "fig 2/b") == written);
    QVERIFY(reader.figures({2}).empty());
    QCOMPARE(reader.runs()[0].figures, 2);
    QCOMPARE(reader.runs()[1].figures, 0);
    const StoredFigure again =
        put_figure(store, {.run = {1}, .name = "fig 2/b", .recipe = "{}", .created = {}});
    QCOMPARE(again.id, written.id);
    QCOMPARE(reader.figures({1}).size(), std::size_t{2});
    QCOMPARE(reader.figure({1}, "fig 2/b").recipe, std::string("{}"));
  }

  void a_figure_is_renamed_and_removed() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    for (const char* name : {"a", "b"})
      put_figure(store, {.run = {1}, .name = name, .recipe = recipe, .created = {}});
    VERIFY_SAYS(rename_figure(store, {1}, "a", "b"), "there is a figure 'b' of that run already");
    rename_figure(store, {1}, "a", "a");
    rename_figure(store, {1}, "a", "c");
    RunReader reader(folder.file());
    QCOMPARE(reader.figure({1}, "c").recipe, recipe);
    VERIFY_SAYS(reader.figure({1}, "a"), "the run 'first' has no figure \"a\"; it has 'b', 'c'");
    remove_figure(store, {1}, "b");
    VERIFY_SAYS(remove_figure(store, {1}, "b"), "it has 'c'");
    VERIFY_SAYS(rename_figure(store, {2}, "b", "x"), "the run 'second' has no figure");
  }

  void what_cannot_be_kept_is_refused() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    for (const std::string& name : {std::string(), std::string("  "), std::string("a\nb"),
                                    std::string("a\xff"), std::string(201, 'x')})
      VERIFY_SAYS(put_figure(store, {.run = {1}, .name = name, .recipe = recipe, .created = {}}),
                  "a figure cannot be named");
    VERIFY_SAYS(put_figure(store, {.run = {1}, .name = "a", .recipe = "[]", .created = {}}),
                "JSON object");
    VERIFY_SAYS(put_figure(store, {.run = {1}, .name = "a", .recipe = "{", .created = {}}),
                "JSON object");
    VERIFY_SAYS(put_figure(store, {.run = {9}, .name = "a", .recipe = recipe, .created = {}}),
                "no run 9");
    delete_run(store, {2});
    VERIFY_SAYS(put_figure(store, {.run = {2}, .name = "a", .recipe = recipe, .created = {}}),
                "in the trash");
    QVERIFY(RunReader(folder.file()).figures({1}).empty());
  }

  void recipes_follow_a_run_that_gets_another_name() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    put_figure(store, {.run = {2}, .name = "both", .recipe = recipe, .created = {}});
    rename_run(store, {1}, "erste");
    std::string expected = recipe;
    expected.replace(expected.find("\"first\",\n        "), 7, "\"erste\"");  // not the metric
    QCOMPARE(RunReader(folder.file()).figure({2}, "both").recipe, expected);
    // Its own alone follow a run that comes back under another name.
    delete_run(store, {2});
    restore_run(store, {2}, "zweite");
    QVERIFY(RunReader(folder.file()).figure({2}, "both").recipe.find("\"zweite\"") !=
            std::string::npos);
  }

  void figures_go_with_their_run() {
    const StoreFolder folder;
    make_store(folder.file());
    StoreConnection store(folder.file(), StoreAccess::write);
    put_figure(store, {.run = {1}, .name = "a", .recipe = recipe, .created = {}});
    delete_run(store, {1});
    restore_run(store, {1});
    QCOMPARE(RunReader(folder.file()).figures({1}).size(), std::size_t{1});
    delete_run(store, {1});
    purge_run(store, {1});
    QVERIFY(RunReader(folder.file()).figures({1}).empty());
  }

  void a_recipe_that_cannot_be_read_stays_as_it_is() {
    for (const char* text : {"", "{", "[]", "{}", "{\"panels\": 3}", "{\"panels\":[\"first\", 3]}"})
      QCOMPARE(with_runs_renamed(text, {{"first", "erste"}}), std::string(text));
  }
};

QTEST_GUILESS_MAIN(TestRunFigures)
#include "tst_run_figures.moc"
