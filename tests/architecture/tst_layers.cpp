#include <QtTest>

#include "architecture/include_rules.h"

using namespace include_rules;

namespace {

std::string including(const std::string& header) {
  return "// What it holds.\n#pragma once\n#include \"" + header + "\"\n";
}

}  // namespace

class TestLayers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_source_tree_keeps_the_include_rules() {
    std::size_t files = 0;
    QStringList found;
    for (const char* area : {"core", "app", "ui"}) {
      for (const SourceFile& file : source_files(TREEGRPO_SOURCE_DIR, area)) {
        ++files;
        for (const std::string& problem : problems(file.path, file.text)) {
          found << QString::fromStdString(problem);
        }
      }
    }
    QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join('\n')));
    QVERIFY2(files > 10, "the source tree was not found");
  }

  void every_folder_of_core_has_a_place_in_the_include_order() {
    const std::filesystem::path core = std::filesystem::path(TREEGRPO_SOURCE_DIR) / "core";
    for (const auto& entry : std::filesystem::directory_iterator(core)) {
      const std::string folder = entry.path().filename().string();
      if (entry.is_directory()) QVERIFY2(layer_index(folder), folder.c_str());
    }
  }

  void an_include_is_judged_by_who_includes_it_data() {
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("header");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const std::string& path, const std::string& header, bool allowed) {
      QTest::newRow((path + " <- " + header).c_str()) << path << header << allowed;
    };
    // Down and within, never up.
    row("core/record/event.h", "base/error.h", true);
    row("core/record/event.h", "record/ids.h", true);
    row("core/record/event.h", "tree/schedule.h", false);
    row("core/tree/schedule.cpp", "record/tree_schedule.h", true);
    row("core/base/error.h", "record/ids.h", false);
    row("core/store/run_writer.cpp", "scene/scene.h", false);
    row("core/rollout/grow.cpp", "train/trainer.h", false);
    row("core/train/trainer.cpp", "rollout/grow.h", true);
    row("core/train/trainer.cpp", "workbench/workbench.h", false);
    row("core/nowhere/x.h", "base/error.h", false);
    row("core/tree/x.h", "../base/error.h", false);
    row("core/tree/x.h", "vector", true);
    row("core/cuda/step.cu", "base/noise_key.h", true);
    row("core/cuda/step.cu", "sampler/transition.h", false);
    row("core/sampler/step.cpp", "cuda/fused_step.h", true);
    // Training knows no store, the facade no engine but its interface.
    row("core/train/trainer.cpp", "store/run_writer.h", false);
    row("core/workbench/run_thread.cpp", "engine/engine.h", true);
    row("core/workbench/run_thread.cpp", "train/trainer.h", false);
    row("core/workbench/run_thread.cpp", "store/run_writer.h", true);
    // The window and the programs go through the facade.
    row("ui/views/run_list.cpp", "workbench/workbench.h", true);
    row("ui/views/run_list.cpp", "record/ids.h", true);
    row("ui/views/run_list.cpp", "store/run_reader.h", false);
    row("ui/views/run_list.cpp", "engine/engine.h", false);
    row("ui/views/run_list.cpp", "views/node_inspector.h", true);
    row("app/cli/main.cpp", "workbench/workbench.h", true);
    row("app/cli/main.cpp", "engine/engine_loader.h", true);
    row("ui/session.cpp", "engine/engine_loader.h", false);
    row("app/cli/main.cpp", "engine/engine.h", false);
    row("app/cli/main.cpp", "store/database.h", false);
    row("app/cli/main.cpp", "train/trainer.h", false);
    row("app/selfcheck/main.cpp", "rollout/grow.h", true);
    row("app/selfcheck/main.cpp", "store/database.h", false);
    // Third parties stay where they are used.
    row("core/store/database.cpp", "SQLiteCpp/Database.h", true);
    row("core/workbench/follower.cpp", "SQLiteCpp/Database.h", false);
    row("core/workbench/follower.cpp", "sqlite3.h", false);
    row("core/image/codec.cpp", "opencv2/imgcodecs.hpp", true);
    row("core/policy/policy.cpp", "opencv2/core.hpp", false);
    row("core/policy/policy.h", "ATen/ATen.h", true);
    row("core/weights/safetensors.cpp", "c10/util/Half.h", true);
    row("core/cuda/step.cpp", "torch/torch.h", false);
    row("core/cuda/step.cu", "ATen/core/Tensor.h", false);
    row("core/cuda/step.cu", "cuda_runtime.h", true);
    row("core/cuda/step.h", "cuda_runtime.h", false);
    row("core/sampler/step.cpp", "cuda_runtime_api.h", false);
    row("app/selfcheck/main.cpp", "cuda_runtime.h", false);
    row("core/tree/advantage.cpp", "torch/torch.h", false);
    row("core/workbench/workbench.cpp", "ATen/ATen.h", false);
    row("app/selfcheck/main.cpp", "torch/torch.h", true);
    row("app/cli/main.cpp", "torch/torch.h", false);
    row("ui/canvas/imgui_painter.cpp", "imgui.h", true);
    row("ui/views/run_list.cpp", "imgui.h", false);
    row("core/record/config_toml.cpp", "toml++/toml.h", true);
    row("core/record/config_toml.h", "toml++/toml.h", false);
    row("core/record/event.cpp", "QString", false);
    row("core/record/event.cpp", "QtCore/QString", false);
    row("core/record/event.cpp", "qglobal.h", false);
    row("app/cli/main.cpp", "QCoreApplication", false);
    row("app/studio/main.cpp", "QApplication", true);
    row("ui/session.h", "QObject", true);
  }

  void an_include_is_judged_by_who_includes_it() {
    QFETCH(std::string, path);
    QFETCH(std::string, header);
    QFETCH(bool, allowed);
    const std::vector<std::string> found = problems(path, including(header));
    QVERIFY2(found.empty() == allowed, found.empty() ? "was allowed" : found[0].c_str());
  }

  void a_header_of_core_opens_with_a_comment() {
    QVERIFY(!problems("core/tree/x.h", "#pragma once\n").empty());
    QVERIFY(!problems("core/tree/x.h", "").empty());
    QVERIFY(problems("core/tree/x.h", "// What.\n#pragma once\n").empty());
    QVERIFY(problems("core/tree/x.cpp", "#include \"tree/x.h\"\n").empty());
  }

  void includes_are_found_however_they_are_written() {
    const std::vector<std::string> found = includes_of(
        "#include <a.h>\n  #  include \"b/c.h\"  // why\n// #include <no.h>\nint include;\n"
        "#include<d>\n");
    QCOMPARE(found, (std::vector<std::string>{"a.h", "b/c.h", "d"}));
  }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
