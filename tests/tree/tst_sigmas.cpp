#include <QtTest>
#include <cmath>

#include "base/error.h"
#include "tree/sigmas.h"

using namespace treegrpo;

class TestSigmas : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void uniform_without_shift_is_evenly_spaced() {
    const auto sigmas = sigma_table(SigmaRule::uniform, 4, 1);
    QVERIFY(sigmas == (std::vector<double>{1, .75, .5, .25, 0}));
  }

  void uniform_is_shifted_once() {
    const auto sigmas = sigma_table(SigmaRule::uniform, 2, 3);
    QCOMPARE(sigmas[1], .75);  // 3·.5 / (1 + 2·.5)
  }

  // Values of diffusers' FlowMatchEulerDiscreteScheduler, n = 10, shift 3, computed in float32.
  void flow_match_euler_is_shifted_twice_as_in_diffusers() {
    const double golden[] = {1,       .960129, .913349, .857692, .790368, .707278,
                             .602151, .464876, .278049, .008929, 0};
    const auto sigmas = sigma_table(SigmaRule::flow_match_euler, 10, 3);
    QCOMPARE(sigmas.size(), std::size_t{11});
    for (std::size_t at = 0; at < sigmas.size(); ++at)
      QVERIFY2(std::abs(sigmas[at] - golden[at]) < 1e-6, qPrintable(QString::number(sigmas[at])));
  }

  void every_table_falls_from_one_to_zero() {
    for (const SigmaRule rule : {SigmaRule::uniform, SigmaRule::flow_match_euler})
      for (const double shift : {.5, 1.0, 3.0})
        for (const int steps : {1, 2, 7, 50}) {
          const auto sigmas = sigma_table(rule, steps, shift);
          QCOMPARE(sigmas.size(), static_cast<std::size_t>(steps) + 1);
          QCOMPARE(sigmas.front(), 1.0);
          QCOMPARE(sigmas.back(), 0.0);
          for (std::size_t at = 1; at < sigmas.size(); ++at) QVERIFY(sigmas[at] < sigmas[at - 1]);
        }
  }

  void no_steps_and_a_shift_of_zero_are_refused() {
    QVERIFY_EXCEPTION_THROWN(sigma_table(SigmaRule::uniform, 0, 1), Error);
    QVERIFY_EXCEPTION_THROWN(sigma_table(SigmaRule::uniform, 4, 0), Error);
    QVERIFY_EXCEPTION_THROWN(sigma_table(SigmaRule::uniform, 4, std::nan("")), Error);
  }
};

QTEST_GUILESS_MAIN(TestSigmas)
#include "tst_sigmas.moc"
