// Whatever is in a store, reading it works or throws an Error: it never crashes, hangs or reads
// what is not there. Two kinds of damage: bytes of the file, and values of its columns.
#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <functional>
#include <random>

#include "base/paths.h"
#include "checkpoint_samples.h"
#include "record/config_toml.h"
#include "sample_records.h"
#include "store/run_notes.h"
#include "store/run_reader.h"
#include "store/run_trash.h"
#include "store/run_writer.h"
#include "store/store_care.h"
#include "store/store_check.h"
#include "store/store_repair.h"
#include "store_test.h"
#include "support/effort.h"
#include "tree/advantage.h"

using namespace treegrpo;
using namespace treegrpo::test;
namespace fs = std::filesystem;

namespace {

// A store with something in every table that is written.
void make_store(const fs::path& file) {
  RandomRecords random(7);
  {
    RunWriter writer(file);
    RunCreation made = creation("fuzzed");
    made.config.images.every = 1;
    made.config_toml = config_toml(made.config);
    writer.create_run(made);
    for (std::int32_t i = 0; i < 3; ++i) {
      writer.write_iteration(random.iteration(i), std::vector{small_tree(i, 0), random.tree(i, 1)});
      writer.write_evaluation(random.evaluation(i));
      writer.write_probe(random.probe(i));
    }
    write_sample_checkpoint(writer.checkpoint_folder(3), 3);
    writer.write_checkpoint(3, .5);
    writer.change_parameters(
        std::vector<ParameterChanged>{{1, "objective.clip_range", "0.0001", "0.0002"}});
    writer.set_status(RunStatus::finished);
  }
  StoreConnection store(file, StoreAccess::write);
  add_tags(store, {1}, std::vector<std::string>{"tag"});
  add_note(store, {1}, {.iteration = 0}, "note");
}

// What the program does with a tree: all that `show`, `credit` and a drawing read of it.
double use(const TreeRecord& tree) {
  double sum = 0;
  const auto below = children(tree);
  const auto at_end = leaves(tree);
  for (std::size_t leaf = 0; leaf < at_end.size(); ++leaf) sum += total_reward(tree, leaf);
  for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
    sum += tree.sigmas.at(static_cast<std::size_t>(tree.nodes[node].step));
    sum += static_cast<double>(path(tree, static_cast<std::int32_t>(node)).size());
    sum += static_cast<double>(below[node].size() + tree.nodes[node].image.rgb.size());
  }
  CreditState state;
  const Credit credit = assign_credit(std::span(&tree, 1), {}, state);
  return sum + static_cast<double>(credit.records.size());
}

class Reading {
 public:
  int round = 0;
  int errors = 0;
  int answers = 0;

  // All there is to read; every question is asked whatever the others said.
  void all(const fs::path& file) {
    ask([&] {
      RunReader reader(file);
      std::vector<RunId> runs;
      ask([&] {
        for (const RunSummary& run : reader.runs()) runs.push_back(run.run);
      });
      ask([&] { reader.trashed_runs(); });
      ask([&] { reader.find_run("fuzzed"); });
      ask([&] { reader.find_trashed_run("fuzzed"); });
      if (runs.size() > 3) runs.resize(3);
      for (const RunId run : runs) of_run(reader, run);
    });
    ask([&] {
      StoreConnection store(file, StoreAccess::read);
      check_store(store);
    });
  }

 private:
  void of_run(RunReader& reader, RunId run) {
    ask([&] { parse_config(reader.config_toml(run), "stored"); });
    ask([&] { reader.parameter_changes(run); });
    ask([&] { reader.iterations(run); });
    ask([&] { reader.evaluations(run); });
    ask([&] { reader.probes(run); });
    ask([&] { reader.checkpoints(run); });
    ask([&] { reader.notes(run); });
    for (std::int32_t iteration = 0; iteration < 3; ++iteration) {
      ask([&] { reader.prompts(run, iteration); });
      for (std::int32_t prompt = 0; prompt < 2; ++prompt) {
        ask([&] { use(reader.tree(run, iteration, {prompt})); });
        ask([&] { reader.image(run, iteration, {prompt}, {1}); });
        ask([&] {
          reader.check_place(run, {.iteration = iteration, .prompt = prompt, .node = 1});
        });
      }
    }
  }

  void ask(const std::function<void()>& question) {
    try {
      question();
      ++answers;
    } catch (const Error& error) {
      ++errors;
      if (std::string(error.what()).empty()) qFatal("round %d: no sentence", round);
    } catch (const std::exception& other) {
      qFatal("round %d: thrown, and no Error: %s", round, other.what());
    }
  }
};

// Bytes overwritten, ranges emptied or copied, an end cut off.
void damage(std::string& bytes, std::mt19937& random) {
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  const auto byte = [&] { return static_cast<char>(below(256)); };
  switch (below(8)) {
    case 0:
      bytes.resize(1 + below(bytes.size()));
      break;
    case 1:
      std::fill_n(bytes.begin() + static_cast<long>(below(bytes.size() - 4096)), 1 + below(4096),
                  byte());
      break;
    case 2: {  // a page in the place of another
      const std::size_t pages = bytes.size() / 4096;
      const std::string page = bytes.substr(below(pages) * 4096, 4096);
      bytes.replace(below(pages) * 4096, 4096, page);
      break;
    }
    case 3:  // the head of the file
      for (std::size_t i = 1 + below(4); i > 0; --i) bytes[below(100)] = byte();
      break;
    case 4: {  // the head of a page
      const std::size_t page = below(bytes.size() / 4096) * 4096;
      for (std::size_t i = 1 + below(6); i > 0; --i) bytes[page + below(64)] = byte();
      break;
    }
    default:
      for (std::size_t i = 1 + below(40); i > 0; --i) bytes[below(bytes.size())] = byte();
  }
}

// A value that a column of that type may hold and nobody wrote.
std::string any_value(const std::string& type, std::mt19937& random) {
  const std::vector<std::string> numbers = {
      "-1", "0", "1", "2", "3", "-2147483649", "4294967297", "9223372036854775807", "NULL"};
  const std::vector<std::string> reals = {"-1.5", "0.0", "1e308", "-9e999", "NULL"};
  const std::vector<std::string> texts = {
      "''",
      "'x'",
      "'null'",
      "'[]'",
      "'{}'",
      "'[null]'",
      "'[[]]'",
      "'[[\"a\"]]'",
      "'[[\"a\",1.0]]'",
      "'[1,2,3,4,5,6,7,8,9]'",
      "'[\"inf\"]'",
      "'ode'",
      "'root'",
      "'running'",
      "'../../..'",
      "NULL",
      "'{\"roots\":-3,\"shared_root_noise\":false,\"window_start\":0,\"steps\":[]}'",
      "'{\"roots\":2000000000,\"shared_root_noise\":1,\"window_start\":0,\"steps\":[{}]}'",
      "cast(x'ff00fe' AS TEXT)",
      "hex(zeroblob(3000))"};
  const std::vector<std::string> blobs = {"x''", "x'89504e470d0a1a0a'", "zeroblob(500)", "NULL"};
  const auto& values = type == "INTEGER" ? numbers
                       : type == "REAL"  ? reals
                       : type == "BLOB"  ? blobs
                                         : texts;
  return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random)];
}

// "UPDATE table SET column = …" of some or all rows, "DELETE FROM table" of some, for any column.
class ColumnDamage {
 public:
  explicit ColumnDamage(SQLite::Database& database) : database_(database) {
    SQLite::Statement rows(database,
                           "SELECT m.name, c.name, c.type FROM sqlite_schema m, "
                           "pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE "
                           "'sqlite_%'");
    while (rows.executeStep())
      columns_.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                          rows.getColumn(2).getString()});
    database.exec("PRAGMA foreign_keys = OFF");
    database.exec("PRAGMA ignore_check_constraints = ON");
  }

  void apply(std::mt19937& random) {
    const auto below = [&](std::size_t end) {
      return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
    };
    const Column& column = columns_[below(columns_.size())];
    std::string where;  // all rows, or those that hold one value of the column
    if (below(3) > 0)
      where.append(" WHERE ").append(column.name).append(" IS (SELECT ").append(column.name);
    if (!where.empty())
      where.append(" FROM ").append(column.table).append(" LIMIT 1 OFFSET ") +=
          std::to_string(below(5)) + ")";
    try {
      database_.exec(below(6) == 0 ? "DELETE FROM " + column.table + where
                                   : "UPDATE OR IGNORE " + column.table + " SET " + column.name +
                                         " = " + any_value(column.type, random) + where);
    } catch (const SQLite::Exception&) {
      // A rule of the tables that even this cannot break.
    }
  }

 private:
  struct Column {
    std::string table, name, type;
  };
  SQLite::Database& database_;
  std::vector<Column> columns_;
};

}  // namespace

class TestStoreFuzz : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_undamaged_store_answers_every_question() {
    const StoreFolder folder;
    make_store(folder.file());
    Reading reading;
    reading.all(folder.file());
    QVERIFY(reading.answers > 20);
    // The trash is empty, and random trees may hold rewards that are no numbers.
    QVERIFY2(reading.errors < reading.answers, qPrintable(QString::number(reading.errors)));
  }

  void damaged_bytes_are_read_or_refused() {
    const StoreFolder folder;
    make_store(folder.file());
    const std::string whole = read_file(folder.file());
    Reading reading;
    for (int round = 0; round < rounds(150); ++round) {
      reading.round = round;
      std::mt19937 random(static_cast<unsigned>(round));
      std::string bytes = whole;
      damage(bytes, random);
      for (const char* beside : {"-wal", "-shm", "-journal"})
        fs::remove(folder.file().string() + beside);
      std::ofstream(folder.file(), std::ios::binary)
          .write(bytes.data(), static_cast<long>(bytes.size()));
      reading.all(folder.file());
    }
    QVERIFY(reading.answers > 0);
    QVERIFY(reading.errors > 0);
  }

  // Changes that lie in the -wal file still, as after a crash.
  void a_damaged_journal_is_read_or_refused() {
    const StoreFolder folder;
    RunWriter(folder.file("whole.tgws"));
    const RunReader open_still(folder.file("whole.tgws"));  // the last to close would move them
    make_store(folder.file("whole.tgws"));
    const std::string journal = read_file(folder.file("whole.tgws-wal"));
    QVERIFY(journal.size() > 50'000);
    Reading reading;
    for (int round = 0; round < rounds(60); ++round) {
      reading.round = round;
      std::mt19937 random(static_cast<unsigned>(round));
      std::string bytes = journal;
      damage(bytes, random);
      fs::remove(folder.file("runs.tgws-shm"));
      fs::copy_file(folder.file("whole.tgws"), folder.file(), fs::copy_options::overwrite_existing);
      std::ofstream(folder.file("runs.tgws-wal"), std::ios::binary)
          .write(bytes.data(), static_cast<long>(bytes.size()));
      reading.all(folder.file());
    }
    QVERIFY(reading.answers > 0);
    QVERIFY(reading.errors > 0);
  }

  void damaged_columns_are_read_or_refused() {
    const StoreFolder folder;
    make_store(folder.file("whole.tgws"));
    Reading reading;
    for (int round = 0; round < rounds(150); ++round) {
      reading.round = round;
      std::mt19937 random(static_cast<unsigned>(round));
      for (const char* beside : {"-wal", "-shm"}) fs::remove(folder.file().string() + beside);
      fs::copy_file(folder.file("whole.tgws"), folder.file(), fs::copy_options::overwrite_existing);
      {
        SQLite::Database database(folder.file(), SQLite::OPEN_READWRITE);
        ColumnDamage damage(database);
        for (int times = 1 + round % 4; times > 0; --times) damage.apply(random);
      }
      reading.all(folder.file());
    }
    QVERIFY(reading.answers > 0);
    QVERIFY(reading.errors > 0);
  }

  void a_damaged_store_is_mended_shrunk_and_purged_or_refused() {
    const StoreFolder folder;
    make_store(folder.file("whole.tgws"));
    const auto attempt = [](auto&& work) {
      try {
        work();
        return 1;
      } catch (const Error&) {
        return 0;
      }
    };
    int done = 0;
    for (int round = 0; round < rounds(30); ++round) {
      std::mt19937 random(static_cast<unsigned>(round));
      for (const char* beside : {"-wal", "-shm"}) fs::remove(folder.file().string() + beside);
      fs::copy_file(folder.file("whole.tgws"), folder.file(), fs::copy_options::overwrite_existing);
      {
        SQLite::Database database(folder.file(), SQLite::OPEN_READWRITE);
        ColumnDamage damage(database);
        for (int times = 1 + round % 4; times > 0; --times) damage.apply(random);
      }
      done += attempt([&] {
        StoreConnection store(folder.file(), StoreAccess::write);
        done += attempt([&] { repair_store(store); });
        // What repair was to mend is mended, whatever is left.
        done += attempt([&] {
          for (const StoreFinding& left : check_store(store).findings)
            if (left.remedy == Remedy::repair)
              qFatal("round %d: repair left: %s", round, left.sentence.c_str());
        });
        done += attempt([&] { compact_store(store, {.budget_mb = 0}); });
        done += attempt([&] { delete_run(store, {1}); });
        done += attempt([&] { purge_run(store, {1}); });
        done += attempt([&] { vacuum_store(store); });
      });
    }
    QVERIFY(done > 3 * rounds(30));
  }
};

QTEST_GUILESS_MAIN(TestStoreFuzz)
#include "tst_store_fuzz.moc"
