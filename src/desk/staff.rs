//! The staff: which account of this box is whom, and what that person may do.

use crate::phone::PhoneNumber;
use crate::ticket::{Case, OfficerId, Role};

/// A person of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The Unix account: what the kernel tells.
    pub id: OfficerId,
    /// As it is printed.
    pub name: String,
    /// One or several.
    pub roles: Vec<Role>,
    /// Units that an anggota is bound to; `*` is every unit.
    pub units: Vec<String>,
    /// The person's own telephone: reminders go there, where the office wants that.
    pub phone: Option<PhoneNumber>,
}

impl Officer {
    /// Whether the person holds `role`.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether an anggota is bound to `unit` by name.
    fn is_bound_to(&self, unit: &str) -> bool {
        self.is(Role::Member) && self.units.iter().any(|bound| bound == unit)
    }

    /// Whether an anggota takes every unit.
    fn takes_all(&self) -> bool {
        self.is(Role::Member) && self.units.iter().any(|bound| bound == "*")
    }
}

/// Everybody who may do something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Staff {
    officers: Vec<Officer>,
}

impl Staff {
    /// The people of the staff file, in its order.
    pub fn new(officers: Vec<Officer>) -> Self {
        Self { officers }
    }

    /// Who an account belongs to.
    pub fn find(&self, id: &OfficerId) -> Option<&Officer> {
        self.officers.iter().find(|officer| officer.id == *id)
    }

    /// The anggota of a unit: bound by name first, else one who takes all (procedure.md section 2).
    pub fn member_of(&self, unit: &str) -> Option<&Officer> {
        self.officers
            .iter()
            .find(|officer| officer.is_bound_to(unit))
            .or_else(|| self.officers.iter().find(|officer| officer.takes_all()))
    }

    /// Whether a petugas may give a ticket of a unit to this person: an anggota who is bound to it; the ketua where none is (A9).
    pub fn takes(&self, officer: &Officer, unit: &str) -> bool {
        officer.is_bound_to(unit)
            || officer.takes_all()
            || (officer.is(Role::Chair) && self.member_of(unit).is_none())
    }

    /// Who gets a ticket of a unit: its anggota; the ketua where none is bound to it.
    pub fn member_or_chair(&self, unit: &str) -> Option<&Officer> {
        self.member_of(unit).or_else(|| self.first(Role::Chair))
    }

    /// The roles by which somebody else than its writer may decide on the draft of a case (A10).
    pub fn deciders(&self, case: &Case) -> Vec<Role> {
        let holds = |role: Role| {
            let is_other = |officer: &&Officer| case.drafter.as_ref() != Some(&officer.id);
            self.officers.iter().filter(is_other).any(|officer| officer.is(role))
        };
        let roles = [Role::Chair, Role::Director].into_iter();
        roles.filter(|role| case.is_judged_by(*role) && holds(*role)).collect()
    }

    /// The first person who holds `role`.
    pub fn first(&self, role: Role) -> Option<&Officer> {
        self.officers.iter().find(|officer| officer.is(role))
    }

    /// Everybody, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Officer> {
        self.officers.iter()
    }
}
