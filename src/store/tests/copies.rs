//! What keeps a register from being copied, told apart.

use std::io;

use rusqlite::ffi;

use crate::store::CopyError;
use crate::store::backup::backup;

use super::*;

fn of_sqlite(code: i32) -> CopyError {
    let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
    CopyError::of_sqlite(Path::new("/mnt/a.db"), &error)
}

#[test]
fn what_system_and_database_say_is_told_apart() {
    let of_system =
        |kind: io::ErrorKind| CopyError::of_system(Path::new("/mnt/a.db"), &kind.into()).code();
    assert_eq!(of_system(io::ErrorKind::StorageFull), "COPY_FULL");
    assert_eq!(of_system(io::ErrorKind::PermissionDenied), "COPY_FORBIDDEN");
    assert_eq!(of_system(io::ErrorKind::ReadOnlyFilesystem), "COPY_FORBIDDEN");
    assert_eq!(of_system(io::ErrorKind::Other), "COPY_FAILED");
    assert_eq!(of_sqlite(ffi::SQLITE_CORRUPT).code(), "COPY_DAMAGED");
    assert_eq!(of_sqlite(ffi::SQLITE_BUSY).code(), "COPY_IN_USE");
    assert_eq!(of_sqlite(ffi::SQLITE_IOERR).code(), "COPY_FAILED");
    let full = of_sqlite(ffi::SQLITE_FULL);
    assert_eq!(full.details(), [("path", "/mnt".to_owned())], "the folder, not the file");
}

#[tokio::test]
async fn a_backup_holds_what_the_journal_holds() {
    let (home, path) = place();
    let store = Store::open(&path).unwrap();
    store.write(|tx| tickets::open(tx, &ticket(1), &entry("MASUK"), now())).await.unwrap();
    let copy = home.path().join("copy.db");
    let contents = backup(&path, &copy).unwrap();
    assert_eq!((contents.tickets, contents.last_at), (1, Some(now())));
    let again = backup(&path, &copy).unwrap_err();
    assert_eq!(again.code(), "COPY_EXISTS");
    // Without the journal the file does not.
    let alone = home.path().join("alone.db");
    std::fs::copy(&path, &alone).unwrap();
    assert!(backup(&alone, &home.path().join("none.db")).is_err());
    store.close().await;
}
