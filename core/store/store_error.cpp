#include <sqlite3.h>

#include "store/sql.h"

namespace treegrpo {

Error store_error(const SQLite::Exception& failure, const std::filesystem::path& file) {
  const std::string store = "the store '" + file.string() + "'";
  switch (failure.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(store +
                   " is locked: another program has been writing to it for longer than this one "
                   "waits; try again when it is done");
    case SQLITE_FULL:
      return Error(
          store +
              " cannot grow: the disk is full; free some space and resume, what was committed "
              "before is kept",
          ErrorKind::disk_full);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Error(
          store +
              " cannot be written: file or folder is read-only; name another with --store or "
              "change its rights",
          ErrorKind::no_access);
    case SQLITE_NOTADB:
      return Error(
          store + " is none of this program: it is not an SQLite file; name another with --store",
          ErrorKind::store_foreign);
    case SQLITE_CORRUPT:
      return Error(store + " is damaged or cut short; restore a copy, or name another with --store",
                   ErrorKind::store_damaged);
    case SQLITE_CANTOPEN:
      return Error(store + " cannot be opened; check that its folder exists and may be written");
    case SQLITE_IOERR:
      return Error(store +
                   " cannot be read or written: the disk reports an error, or a limit on the size "
                   "of files; what was committed before is kept");
    case SQLITE_NOMEM:
      return Error("out of memory while using " + store, ErrorKind::memory);
    default:
      return Error(store + " cannot be used: " + failure.what());
  }
}

Error damaged_store(const std::string& what) {
  return Error(
      "the store is damaged: " + what +
          "; 'treegrpo store check' says what else is, 'treegrpo store repair' mends what can "
          "be; otherwise restore a copy",
      ErrorKind::store_damaged);
}

}  // namespace treegrpo
