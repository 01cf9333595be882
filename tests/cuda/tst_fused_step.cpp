// The CPU twin of the fused step; it runs the same lines as the kernel. Without LibTorch: against
// the tensor operations it stands in tests/sampler/tst_step.
#include <QtTest>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "cuda/fused_step.h"

using namespace treegrpo;

namespace {

// A frontier of made-up numbers and room for its children.
struct Frontier {
  std::int64_t parents, branch, dimensions;
  std::vector<float> x, prediction, next;
  std::vector<NoiseCounter> counters;
  std::vector<double> log_probs;

  Frontier(std::int64_t parents_, std::int64_t branch_, std::int64_t dimensions_)
      : parents(parents_), branch(branch_), dimensions(dimensions_) {
    const auto numbers = static_cast<std::size_t>(parents * dimensions);
    const auto children = static_cast<std::size_t>(parents * branch);
    for (std::size_t i = 0; i < numbers; ++i) {
      x.push_back(static_cast<float>(std::sin(12.9898 * static_cast<double>(i))));
      prediction.push_back(static_cast<float>(std::cos(78.233 * static_cast<double>(i))));
    }
    for (std::size_t child = 0; child < children; ++child)
      counters.push_back(noise_counter({.seed = 11, .tree = static_cast<std::uint32_t>(child)}));
    next.assign(children * static_cast<std::size_t>(dimensions), -99);
    log_probs.assign(children, -99);
  }

  StepArrays arrays() {
    return {.parents = parents,
            .branch = branch,
            .dimensions = dimensions,
            .x = x.data(),
            .prediction = prediction.data(),
            .counters = counters.data(),
            .log_probs = log_probs.data(),
            .next = next.data()};
  }
};

const AffineStep some_step{
    .on_x = .93, .on_prediction = -.21, .std = .44, .on_square = -2.5, .log_constant = .3};

}  // namespace

class TestFusedStep : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void with_no_mean_and_unit_std_a_child_is_its_noise() {
    Frontier f(2, 2, 10);
    fused_step_cpu({.on_x = 0, .on_prediction = 0, .std = 1, .on_square = -.5}, f.arrays(), 0, 4);
    for (std::size_t child = 0; child < 4; ++child)
      for (std::size_t i = 0; i < 10; ++i) {
        const auto block = static_cast<std::uint32_t>(i / 4);
        QCOMPARE(f.next[child * 10 + i], box_muller(philox_block(f.counters[child], block))[i % 4]);
      }
  }

  void a_known_key_gives_known_normals() {
    // Worked outside this code, in Python: key hash, Philox4x32-10, Box-Muller in double.
    const std::int32_t path[] = {0, 2};
    Frontier f(1, 1, 4);
    f.counters[0] = noise_counter({.seed = 7,
                                   .stream = NoiseStream::train,
                                   .iteration = 3,
                                   .prompt_hash = prompt_hash("a circle"),
                                   .tree = 1,
                                   .path = path});
    fused_step_cpu({.on_x = 0, .on_prediction = 0, .std = 1, .on_square = -.5}, f.arrays(), 0, 1);
    const double known[] = {.3215719, -1.4113602, -.2683001, -1.8939530};
    for (std::size_t i = 0; i < 4; ++i)
      QVERIFY(std::abs(static_cast<double>(f.next[i]) - known[i]) < 2e-6);
  }

  void each_child_steps_from_its_own_parent_with_its_own_noise() {
    // Dimensions that fill, leave a rest of, and stay below a block of four.
    for (const std::int64_t dimensions : {8, 7, 3}) {
      Frontier f(3, 2, dimensions);
      fused_step_cpu(some_step, f.arrays(), 0, 6);
      for (std::size_t child = 0; child < 6; ++child) {
        double squares = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(dimensions); ++i) {
          const std::size_t from = child / 2 * static_cast<std::size_t>(dimensions) + i;
          const double mean =
              .93 * static_cast<double>(f.x[from]) - .21 * static_cast<double>(f.prediction[from]);
          const auto block = static_cast<std::uint32_t>(i / 4);
          const float noise = box_muller(philox_block(f.counters[child], block))[i % 4];
          const auto next =
              static_cast<double>(f.next[child * static_cast<std::size_t>(dimensions) + i]);
          QVERIFY(std::abs(next - (mean + .44 * static_cast<double>(noise))) < 1e-6);
          squares += (next - mean) * (next - mean);
        }
        const double log_prob = -2.5 * squares / static_cast<double>(dimensions) + .3;
        QVERIFY(std::abs(f.log_probs[child] - log_prob) < 1e-6);
      }
    }
  }

  void without_std_children_are_the_mean_and_nothing_else_is_touched() {
    Frontier f(2, 1, 6);
    StepArrays arrays = f.arrays();
    arrays.counters = nullptr;
    arrays.log_probs = nullptr;
    fused_step_cpu({.on_x = .93, .on_prediction = -.21}, arrays, 0, 2);
    for (std::size_t i = 0; i < f.next.size(); ++i)
      QVERIFY(std::abs(static_cast<double>(f.next[i]) - .93 * static_cast<double>(f.x[i]) +
                       .21 * static_cast<double>(f.prediction[i])) < 1e-6);
  }

  void children_can_be_shared_out_in_any_way() {
    Frontier whole(3, 3, 13), parts(3, 3, 13);
    fused_step_cpu(some_step, whole.arrays(), 0, 9);
    for (const auto& [first, last] : {std::pair{5, 9}, {0, 1}, {1, 5}})
      fused_step_cpu(some_step, parts.arrays(), first, last);
    QVERIFY(whole.next == parts.next);
    QVERIFY(whole.log_probs == parts.log_probs);
  }

  void without_kernels_the_error_says_how_to_get_them() {
    if (has_cuda_kernels()) QSKIP("this build has kernels");
    Frontier f(1, 1, 4);
    try {
      fused_step_cuda(some_step, f.arrays(), {});
      QFAIL("did something");
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).contains("TREEGRPO_CUDA"));
    }
  }
};

QTEST_GUILESS_MAIN(TestFusedStep)
#include "tst_fused_step.moc"
