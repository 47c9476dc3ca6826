//! Who acts, and what that person may see (procedure.md 9.3).

use super::stage::tokens;
use super::workflow::Case;

/// A place in the complaint team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Petugas SMS: receives, sorts, sends.
    Operator,
    /// Anggota: analyses and drafts.
    Member,
    /// Ketua: decides.
    Chair,
    /// Pengarah: decides what is escalated, takes notice.
    Director,
    /// Technical: sees no texts.
    Admin,
}

tokens!(Role { Operator = "petugas", Member = "anggota", Chair = "ketua", Director = "pengarah", Admin = "admin" });

/// A person, by Unix account: what the kernel tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OfficerId(String);

impl OfficerId {
    /// The account's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OfficerId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor<'a> {
    /// The gateway itself: time, reports.
    System,
    /// The citizen, by SMS.
    Citizen,
    /// A person of the office.
    Officer {
        /// By Unix account.
        id: &'a OfficerId,
        /// One or several.
        roles: &'a [Role],
        /// Units that a member is bound to; `*` is every unit.
        units: &'a [String],
    },
}

impl Actor<'_> {
    /// Whether an officer holds `role`.
    pub fn is(&self, role: Role) -> bool {
        matches!(self, Self::Officer { roles, .. } if roles.contains(&role))
    }
}

/// Whether a ticket exists for somebody.
///
/// Ordinary ones: petugas, ketua and pengarah read all, an anggota those of the own units or in the own hands, and those of
/// which the own units get a copy. Those on the closed path: the ketua unless named, and the pengarah.
pub fn may_read(case: &Case, actor: &Actor<'_>) -> bool {
    let Actor::Officer { id, roles, .. } = actor else { return true };
    let is = |role: Role| roles.contains(&role);
    if case.on_closed_path() {
        return is(Role::Director) || (is(Role::Chair) && !case.concerns.contains(id));
    }
    if is(Role::Operator) || is(Role::Chair) || is(Role::Director) {
        return true;
    }
    is(Role::Member) && (is_whose(case, actor) || gets_a_copy(case, actor))
}

/// Whether somebody reads a ticket only because the own unit gets a copy of it, and so acts on nothing of it (A17).
pub fn reads_a_copy(case: &Case, actor: &Actor<'_>) -> bool {
    let reads_all =
        [Role::Operator, Role::Chair, Role::Director].iter().any(|role| actor.is(*role));
    actor.is(Role::Member) && !reads_all && !is_whose(case, actor) && gets_a_copy(case, actor)
}

/// Whether a ticket is in an anggota's hands, or in those of the own unit.
fn is_whose(case: &Case, actor: &Actor<'_>) -> bool {
    let Actor::Officer { id, .. } = actor else { return false };
    case.assignee.as_ref() == Some(*id) || case.unit.as_ref().is_some_and(|unit| bound(actor, unit))
}

fn gets_a_copy(case: &Case, actor: &Actor<'_>) -> bool {
    case.copies.iter().any(|unit| bound(actor, unit))
}

/// Whether an anggota is bound to a unit.
fn bound(actor: &Actor<'_>, unit: &str) -> bool {
    let Actor::Officer { units, .. } = actor else { return false };
    units.iter().any(|bound| bound == unit || bound == "*")
}

/// Whether the whole number is shown: to the petugas and the ketua; on the closed path to ketua and pengarah only.
pub fn may_see_number(case: &Case, actor: &Actor<'_>) -> bool {
    if case.on_closed_path() {
        return may_read(case, actor);
    }
    actor.is(Role::Operator) || actor.is(Role::Chair)
}
