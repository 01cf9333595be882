#include "store/probe_rows.h"

#include <cstddef>
#include <string>

#include "base/clock.h"
#include "base/parallel.h"
#include "image/codec.h"
#include "store/json_columns.h"

namespace treegrpo {
namespace {

constexpr const char* delete_probe_sql = "DELETE FROM probe WHERE run = ? AND iteration = ?";
constexpr const char* insert_probe_sql =
    "INSERT INTO probe(run, iteration, prompts, seconds, created) VALUES(?, ?, ?, ?, ?)";
constexpr const char* insert_picture_sql = R"sql(
INSERT INTO probe_picture(run, iteration, prompt, seed, rewards, kl, codec, byte_count, bytes)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* insert_no_picture_sql = R"sql(
INSERT INTO probe_picture(run, iteration, prompt, seed, rewards, kl, byte_count)
VALUES(?, ?, ?, ?, ?, ?, 0))sql";
constexpr const char* select_probes_sql =
    "SELECT iteration, prompts, seconds FROM probe WHERE run = ? ORDER BY iteration";
constexpr const char* select_pictures_sql = R"sql(
SELECT prompt, seed, rewards, kl, bytes FROM probe_picture
WHERE run = ? AND iteration = ? ORDER BY id)sql";
constexpr const char* has_probe_sql = "SELECT 1 FROM probe WHERE run = ? AND iteration = ?";
constexpr const char* bytes_sql =
    "SELECT coalesce(sum(byte_count), 0) FROM probe_picture WHERE run = ? AND iteration = ?";
constexpr const char* later_bytes_sql =
    "SELECT coalesce(sum(byte_count), 0) FROM probe_picture WHERE run = ? AND iteration > ?";
constexpr const char* delete_pictures_sql = R"sql(
UPDATE probe_picture SET codec = NULL, byte_count = 0, bytes = NULL
WHERE run = ? AND iteration = ?)sql";

// Each prompt with the diversity of its pictures.
std::vector<NamedValue> prompts_of(const ProbeRecord& record) {
  std::vector<NamedValue> prompts;
  for (const ProbedPrompt& prompt : record.prompts)
    prompts.push_back({prompt.text, prompt.diversity});
  return prompts;
}

void insert_picture(Statements& statements, RunId run, std::int32_t iteration, std::int32_t prompt,
                    const ProbePicture& picture, const StoredImage* image) {
  const std::string rewards = named_values_to_json(picture.rewards);
  if (image == nullptr)
    Query(statements[insert_no_picture_sql], run.value, iteration, prompt, picture.seed, rewards,
          picture.kl)
        .run();
  else
    Query(statements[insert_picture_sql], run.value, iteration, prompt, picture.seed, rewards,
          picture.kl, image->codec, static_cast<std::int64_t>(image->bytes.size()), image->bytes)
        .run();
}

ProbePicture picture_from_row(const Query& row) {
  ProbePicture picture{.seed = row.integer32(1),
                       .rewards = named_values_from_json(row.text(2)),
                       .kl = row.real(3),
                       .image = {}};
  if (row.is_null(4)) return picture;
  const SQLite::Column bytes = row.column(4);
  picture.image = decode_image({static_cast<const std::uint8_t*>(bytes.getBlob()),
                                static_cast<std::size_t>(bytes.getBytes())});
  return picture;
}

void read_pictures(Statements& statements, RunId run, ProbeRecord& record) {
  Query rows(statements[select_pictures_sql], run.value, record.iteration);
  while (rows.next()) {
    const std::int64_t prompt = rows.integer(0);
    if (prompt < 0 || prompt >= static_cast<std::int64_t>(record.prompts.size()))
      throw damaged_store("there is a picture of prompt " + std::to_string(prompt) +
                          " of the probe after " + std::to_string(record.iteration) +
                          " iterations, which has " + std::to_string(record.prompts.size()) +
                          " prompts");
    record.prompts[static_cast<std::size_t>(prompt)].pictures.push_back(picture_from_row(rows));
  }
}

std::int64_t sum_of(Statements& statements, const char* sql, RunId run, std::int32_t iteration) {
  Query row(statements[sql], run.value, iteration);
  return row.next() ? row.integer(0) : 0;
}

}  // namespace

std::vector<StoredImage> probe_images(const ProbeRecord& record, const ImageSection& policy,
                                      int threads) {
  std::vector<const Image*> pictures;
  for (const ProbedPrompt& prompt : record.prompts)
    for (const ProbePicture& picture : prompt.pictures) pictures.push_back(&picture.image);
  std::vector<StoredImage> images(pictures.size());
  in_parallel(pictures.size(), threads, [&](std::size_t i) {
    if (!pictures[i]->empty()) images[i] = stored_image(*pictures[i], policy);
  });
  return images;
}

std::int64_t replace_probe(Statements& statements, RunId run, const ProbeRecord& record,
                           const std::vector<StoredImage>& images, std::int64_t room) {
  Query(statements[delete_probe_sql], run.value, record.iteration).run();
  Query(statements[insert_probe_sql], run.value, record.iteration,
        named_values_to_json(prompts_of(record)), record.seconds, utc_now())
      .run();
  std::int64_t stored = 0;
  auto image = images.begin();
  for (std::size_t prompt = 0; prompt < record.prompts.size(); ++prompt)
    for (const ProbePicture& picture : record.prompts[prompt].pictures) {
      const auto size = static_cast<std::int64_t>(image->bytes.size());
      const bool keeps = size > 0 && stored + size <= room;
      insert_picture(statements, run, record.iteration, static_cast<std::int32_t>(prompt), picture,
                     keeps ? &*image : nullptr);
      if (keeps) stored += size;
      ++image;
    }
  return stored;
}

std::vector<ProbeRecord> select_probes(Statements& statements, RunId run) {
  std::vector<ProbeRecord> probes;
  {
    Query rows(statements[select_probes_sql], run.value);
    while (rows.next()) {
      ProbeRecord& record = probes.emplace_back();
      record.iteration = rows.integer32(0);
      for (NamedValue& prompt : named_values_from_json(rows.text(1)))
        record.prompts.push_back(
            {.text = std::move(prompt.name), .diversity = prompt.value, .pictures = {}});
      record.seconds = rows.real(2);
    }
  }
  for (ProbeRecord& record : probes) read_pictures(statements, run, record);
  return probes;
}

bool has_probe(Statements& statements, RunId run, std::int32_t iteration) {
  return Query(statements[has_probe_sql], run.value, iteration).next();
}

std::int64_t probe_bytes_of(Statements& statements, RunId run, std::int32_t iteration) {
  return sum_of(statements, bytes_sql, run, iteration);
}

std::int64_t probe_bytes_after(Statements& statements, RunId run, std::int32_t iteration) {
  return sum_of(statements, later_bytes_sql, run, iteration);
}

std::int64_t delete_probe_pictures(Statements& statements, RunId run, std::int32_t iteration) {
  const std::int64_t bytes = probe_bytes_of(statements, run, iteration);
  Query(statements[delete_pictures_sql], run.value, iteration).run();
  return bytes;
}

}  // namespace treegrpo
