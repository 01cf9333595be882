// What time it is: for people (UTC), for the store (seconds since 1970) and for durations.
#pragma once

#include <string>

namespace treegrpo {

// Now in UTC as ISO 8601, to the second: "2026-03-01T12:34:56Z".
std::string utc_now();

// Seconds since 1970-01-01 UTC; may jump when the machine's clock is set.
double unix_seconds();

// Seconds from a fixed point of this process's machine; never runs backwards. For durations.
double monotonic_seconds();

// Seconds of processor time that the calling thread has had.
double thread_seconds();

}  // namespace treegrpo
