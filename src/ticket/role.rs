//! Who acts, and what that person may see (procedure.md 9.3).

use super::stage::tokens;
use super::workflow::Case;
use crate::mutation::Mutation;

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
    if case.on_closed_path() && !Mutation::OpenSeal.is_made() {
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
pub(super) fn is_whose(case: &Case, actor: &Actor<'_>) -> bool {
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

/// The flag of a ticket that somebody marked as holding specific data.
pub const SPECIFIC: &str = "specific";

/// Whether somebody who may read a ticket reads its texts too: those with specific data are for petugas, the assigned anggota and
/// ketua (12.8). On the closed path there is nobody to be kept from them.
pub fn may_read_text(case: &Case, actor: &Actor<'_>) -> bool {
    let Actor::Officer { id, .. } = actor else { return true };
    !case.specific
        || case.on_closed_path()
        || actor.is(Role::Operator)
        || actor.is(Role::Chair)
        || case.assignee.as_ref() == Some(*id)
}

/// How much of a citizen's number somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// All of it.
    Whole,
    /// Masked: `+62 812-****-*345`.
    Masked,
    /// Masked, until it is revealed with a reason that is logged.
    Revealable,
    /// Nothing of it.
    Nothing,
}

/// How much of the number somebody who may read a ticket sees: petugas and ketua all of it, the pengarah on demand; on the
/// closed path whoever it exists for (12.7). Who asked to be kept secret is known to petugas and ketua only (A19).
pub fn sight(case: &Case, actor: &Actor<'_>) -> Sight {
    let whole = if case.on_closed_path() {
        may_read(case, actor)
    } else {
        actor.is(Role::Operator) || actor.is(Role::Chair)
    };
    match whole {
        true => Sight::Whole,
        false if case.secret => Sight::Nothing,
        false if actor.is(Role::Director) => Sight::Revealable,
        false => Sight::Masked,
    }
}
