//! A cursor over octets of the network that remembers where it stands.

use super::DecodeError;

/// Hands out octets field by field; every refusal names the field and its place.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(octets: &'a [u8]) -> Self {
        Self { rest: octets, length: octets.len() }
    }

    /// Octets already handed out.
    pub(super) const fn position(&self) -> usize {
        self.length - self.rest.len()
    }

    /// Octets nobody has asked for yet.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn octet(&mut self, field: &'static str) -> Result<u8, DecodeError> {
        self.octets::<1>(field).map(|[octet]| octet)
    }

    /// The next octet, where a field may be left out at the end.
    pub(super) fn optional_octet(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(super) fn octets<const N: usize>(
        &mut self,
        field: &'static str,
    ) -> Result<[u8; N], DecodeError> {
        let (octets, rest) = self.rest.split_first_chunk::<N>().ok_or(self.truncated(field))?;
        self.rest = rest;
        Ok(*octets)
    }

    pub(super) fn slice(
        &mut self,
        count: usize,
        field: &'static str,
    ) -> Result<&'a [u8], DecodeError> {
        let (octets, rest) = self.rest.split_at_checked(count).ok_or(self.truncated(field))?;
        self.rest = rest;
        Ok(octets)
    }

    const fn truncated(&self, field: &'static str) -> DecodeError {
        DecodeError::Truncated { field, position: self.position() }
    }
}
