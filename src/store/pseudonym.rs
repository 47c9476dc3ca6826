//! What stands for a number that is kept no longer: a keyed hash of it (procedure.md 12.4). The key lies in a file of its own
//! beside the database, never in it and in no backup: whoever has only those cannot try out all numbers.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Fault;
use crate::phone::PhoneNumber;

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// Bytes of a block of SHA-256 (FIPS 180-4).
const BLOCK_BYTES: usize = 64;

/// The key of an office's pseudonyms.
pub struct Key([u8; KEY_BYTES]);

impl Key {
    /// The key beside the database at `database`; made where there is none.
    ///
    /// # Errors
    /// [`Fault::Place`]: it cannot be read or written, or is none.
    pub fn beside(database: &Path) -> Result<Self, Fault> {
        let mut path = database.as_os_str().to_owned();
        path.push(".key");
        let path = PathBuf::from(path);
        Self::at(&path).map_err(|cause| Fault::Place { path, cause })
    }

    fn at(path: &Path) -> io::Result<Self> {
        let kept = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = [0; KEY_BYTES];
                File::open("/dev/urandom")?.read_exact(&mut key)?;
                let mut file =
                    OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
                file.write_all(&key)?;
                // Else a crash would leave pseudonyms of a key that nobody has.
                file.sync_all()?;
                if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
                    File::open(folder)?.sync_all()?;
                }
                return Ok(Self(key));
            }
            kept => kept?,
        };
        let key = kept.try_into().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, format!("a key has {KEY_BYTES} bytes"))
        })?;
        Ok(Self(key))
    }

    /// What stands for a number; the same for the same number.
    pub fn pseudonym(&self, number: &str) -> PhoneNumber {
        let hash = self.hash(number.as_bytes());
        let figure =
            hash.iter().take(8).fold(0, |figure: u64, byte| figure << 8 | u64::from(*byte));
        PhoneNumber::pseudonym(figure)
    }

    /// HMAC-SHA-256 (RFC 2104).
    pub fn hash(&self, text: &[u8]) -> Vec<u8> {
        let padded = |pad: u8| {
            let mut block = [pad; BLOCK_BYTES];
            for (byte, key) in block.iter_mut().zip(self.0) {
                *byte ^= key;
            }
            block
        };
        let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
        Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_for_its_owners_eyes() {
        let home = tempfile::tempdir().unwrap();
        let database = home.path().join("aduan.db");
        let key = Key::beside(&database).unwrap();
        let path = home.path().join("aduan.db.key");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = Key::beside(&database).unwrap();
        assert_eq!(key.pseudonym("+6281200000001"), again.pseudonym("+6281200000001"));
        assert_ne!(key.pseudonym("+6281200000001"), key.pseudonym("+6281200000002"));
        fs::remove_file(&path).unwrap();
        let other = Key::beside(&database).unwrap();
        assert_ne!(key.pseudonym("+6281200000001"), other.pseudonym("+6281200000001"));
        fs::write(&path, "kurang").unwrap();
        assert!(matches!(Key::beside(&database), Err(Fault::Place { .. })));
    }

    /// RFC 4231, test case 1, whose key of 20 bytes is padded with zeros.
    #[test]
    fn the_hash_is_hmac_sha_256() {
        let mut key = [0; KEY_BYTES];
        key.iter_mut().take(20).for_each(|byte| *byte = 0x0b);
        let told = Key(key).hash(b"Hi There");
        assert_eq!(told[..8], [0xb0, 0x34, 0x4c, 0x61, 0xd8, 0xdb, 0x38, 0x53]);
        assert_eq!(told[28..], [0x2e, 0x32, 0xcf, 0xf7]);
    }
}
