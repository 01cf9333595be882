#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QtTest>
#include <cmath>

#include "sampler/noise.h"

using namespace treegrpo;

namespace {

constexpr std::int64_t shape[] = {4, 8, 8};

NoiseCounter counter(std::uint64_t seed, std::vector<std::int32_t> path = {}) {
  return noise_counter({.seed = seed, .prompt_hash = prompt_hash("a circle"), .path = path});
}

}  // namespace

class TestNoise : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_row_has_the_same_bytes_whatever_the_batch_and_the_threads() {
    std::vector<NoiseCounter> all;
    for (std::uint64_t seed = 0; seed < 40; ++seed) all.push_back(counter(seed));
    at::set_num_threads(2);
    const at::Tensor together = normal_noise(all, shape);
    at::set_num_threads(1);
    QVERIFY(together.equal(normal_noise(all, shape)));
    for (std::int64_t row = 0; row < 40; ++row) {
      const NoiseCounter one[] = {all[static_cast<std::size_t>(row)]};
      QVERIFY(normal_noise(one, shape)[0].equal(together[row]));
    }
  }

  void normals_are_standard_and_rows_uncorrelated() {
    std::vector<NoiseCounter> all;
    for (std::uint64_t seed = 0; seed < 400; ++seed) all.push_back(counter(seed));
    const at::Tensor noise = normal_noise(all, shape).flatten(1).to(at::kDouble);
    const auto n = static_cast<double>(noise.numel());
    QVERIFY(std::abs(noise.mean().item<double>()) < 4 / std::sqrt(n));
    QVERIFY(std::abs(noise.square().mean().item<double>() - 1) < 4 * std::sqrt(2 / n));
    QVERIFY(std::abs(noise.pow(4).mean().item<double>() - 3) < 4 * std::sqrt(96 / n));
    const double neighbours =
        (noise.narrow(0, 0, 399) * noise.narrow(0, 1, 399)).mean().item<double>();
    QVERIFY(std::abs(neighbours) < 4 / std::sqrt(n));
  }

  void a_shorter_row_is_the_beginning_of_a_longer_one() {
    const NoiseCounter one[] = {counter(7, {0, 2})};
    constexpr std::int64_t shorter[] = {10};
    QVERIFY(normal_noise(one, shorter)[0].equal(
        normal_noise(one, shape)[0].flatten().narrow(0, 0, 10)));
  }

  void a_known_key_gives_known_normals() {
    // Worked outside this code, in Python: key hash, Philox4x32-10, Box-Muller in double.
    const std::int32_t path[] = {0, 2};
    const NoiseCounter one[] = {noise_counter({.seed = 7,
                                               .stream = NoiseStream::train,
                                               .iteration = 3,
                                               .prompt_hash = prompt_hash("a circle"),
                                               .tree = 1,
                                               .path = path})};
    constexpr std::int64_t four[] = {4};
    const at::Tensor known = at::tensor({.3215719, -1.4113602, -.2683001, -1.8939530}, at::kFloat);
    QVERIFY((normal_noise(one, four)[0] - known).abs().max().item<double>() < 2e-6);
  }

  void no_rows_are_an_empty_tensor() { QCOMPARE(normal_noise({}, shape).size(0), std::int64_t{0}); }
};

QTEST_GUILESS_MAIN(TestNoise)
#include "tst_noise.moc"
