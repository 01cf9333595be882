// Probes as rows: a row a probe, one a picture. Private to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "record/ids.h"
#include "record/probe_record.h"
#include "store/image_policy.h"
#include "store/sql.h"

namespace treegrpo {

// The pictures of a probe as they will be stored, prompt by prompt, encoded by so many threads;
// without bytes where it has none.
std::vector<StoredImage> probe_images(const ProbeRecord& record, const ImageSection& policy,
                                      int threads);

// Replaces the probe at that iteration; pictures that do not fit into so many bytes of room are
// left out. Returns how many bytes were stored. images: of probe_images.
std::int64_t replace_probe(Statements& statements, RunId run, const ProbeRecord& record,
                           const std::vector<StoredImage>& images, std::int64_t room);

// In order of iterations. Throws Error if they cannot have been written.
std::vector<ProbeRecord> select_probes(Statements& statements, RunId run);
bool has_probe(Statements& statements, RunId run, std::int32_t iteration);

// Bytes of the pictures of a probe, and of all probes after it.
std::int64_t probe_bytes_of(Statements& statements, RunId run, std::int32_t iteration);
std::int64_t probe_bytes_after(Statements& statements, RunId run, std::int32_t iteration);

// Removes the pictures of a probe, not its numbers; returns how many bytes that were.
std::int64_t delete_probe_pictures(Statements& statements, RunId run, std::int32_t iteration);

}  // namespace treegrpo
